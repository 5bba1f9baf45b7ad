import about from './about.json';
import acts from './acts.json';
import common from './common.json';
import delivery from './delivery.json';
import fields from './fields.json';
import money from './money.json';
import problems from './problems.json';
import sales from './sales.json';
import turns from './turns.json';
import values from './values.json';

export default { ...about, ...acts, ...common, ...delivery, ...fields, ...money, ...problems, ...sales, ...turns, ...values };
