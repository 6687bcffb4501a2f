/** Made by `migrations/005` and `006`: nobody's, on no list, never billed. */
export const FIRST_PROBE = "00000000-0000-4000-8000-0000000000a1";
export const READER_PROBE = "00000000-0000-4000-8000-0000000000b1";
