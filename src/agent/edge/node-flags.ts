/**
 * For the process that holds the edge. Node lets the young generation grow to 100 MB under load and collects the old
 * one late; with these it keeps within half of that at the same requests per second (`bench/edge.ts`).
 */
export const EDGE_NODE_FLAGS: readonly string[] = ["--max-semi-space-size=2", "--heap-growing-percent=25"];
