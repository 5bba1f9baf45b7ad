import common from './common.json';
import problems from './problems.json';
import turns from './turns.json';
import values from './values.json';

export default { ...common, ...problems, ...turns, ...values };
