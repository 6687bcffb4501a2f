import { z } from "zod";
import type { StatusPage } from "../model/status-page.ts";

const SHAPE = 'expected names that users know, each with the components behind it: { "Payments": ["api"] }';

/** `statusPage: { ... }` of a declaration. */
export const statusPageSchema = z
  .strictObject({
    title: z.string().min(1).max(100).optional(),
    components: z
      .record(z.string().min(1).max(60), z.array(z.string().min(1), { error: SHAPE }).min(1, SHAPE), {
        error: SHAPE,
      })
      .default({}),
  })
  .transform(
    ({ title, components }): StatusPage => ({
      title,
      components: Object.entries(components).map(([name, of]) => ({ name, of })),
    }),
  );
