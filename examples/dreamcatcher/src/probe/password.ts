/** Of accounts that walks make and delete again within a minute. */
export const PROBE_PASSWORD = "a staircase of seventeen doors";
