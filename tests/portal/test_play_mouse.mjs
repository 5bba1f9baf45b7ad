import { mouse } from './hands.mjs';
import { play } from './play.mjs';

await play(mouse);
