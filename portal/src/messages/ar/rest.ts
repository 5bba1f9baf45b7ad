import about from './about.json';
import acts from './acts.json';
import delivery from './delivery.json';
import fields from './fields.json';
import money from './money.json';
import sales from './sales.json';

export default { ...about, ...acts, ...delivery, ...fields, ...money, ...sales };
