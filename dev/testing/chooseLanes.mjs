import { Refusal } from '../say.mjs';

/** Those lanes that the words after `npm test --` name, all of them without words; throws for a lane that does not exist. */
export function chooseLanes(lanes, words) {
  const unknown = words.find(word => !lanes.some(lane => lane.name === word));
  if (unknown !== undefined) {
    throw new Refusal(
      `There is no lane ${unknown}; there are ${lanes
        .map(lane => lane.name)
        .join(', ')}.`,
    );
  }
  return words.length === 0
    ? lanes.filter(lane => !lane.onlyByName)
    : lanes.filter(lane => words.includes(lane.name));
}
