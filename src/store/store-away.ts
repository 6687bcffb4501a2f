import { UserError } from "../model/errors.ts";

/** The server of the store does not answer, or lets nobody in: what is live goes on without it. */
export class StoreAway extends UserError {}
