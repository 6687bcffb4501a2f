/** Made by `migrations/006`: nobody's, in no figure. */
export const HOST_PROBE = "00000000-0000-4000-8000-0000000000a1";
export const STRANGER_PROBE = "00000000-0000-4000-8000-0000000000a2";
