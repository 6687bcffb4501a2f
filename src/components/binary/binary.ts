import { defineComponent } from "../../model/component.ts";
import { codecPresent, programFound, proofWorks, versionEnough } from "./checks.ts";
import { binaryOptions } from "./options.ts";

/** A program that the application starts, such as FFmpeg, where the application runs. */
export const binary = defineComponent({
  kind: "binary",
  summary:
    "A program the application starts (FFmpeg, ImageMagick): there, new enough, with its codecs, at work.",
  options: binaryOptions,
  variables: () => [],
  checks: [programFound, versionEnough, codecPresent, proofWorks],
});
