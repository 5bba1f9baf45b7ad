import { keyboard } from './hands.mjs';
import { play } from './play.mjs';

await play(keyboard);
