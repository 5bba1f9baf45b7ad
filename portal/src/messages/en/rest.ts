import about from './about.json';
import acts from './acts.json';
import delivery from './delivery.json';
import events from './events.json';
import fields from './fields.json';
import money from './money.json';
import sales from './sales.json';

export default { ...about, ...acts, ...delivery, ...events, ...fields, ...money, ...sales };
