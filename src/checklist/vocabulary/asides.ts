/**
 * Words by which a part of a line is known that says less than the rest: where to look, with whom, for what, when. One
 * way of writing each, blanks between; "|" parts them.
 */

/** "In the Vercel dashboard": where something is looked at or set. */
export const SURFACES =
  "dashboard|console|panel|settings|portal|editor|registrar|load balancer|reverse proxy|ingress";

/** "On Vercel", "behind nginx", "with curl": who runs it, and by what it is looked at. */
export const PLACES =
  "vercel|netlify|render|railway|heroku|fly.io|hetzner|digitalocean|gcp|google cloud|aws lambda|aws|" +
  "azure app service|azure portal|azure configuration|azure|cloudflare pages|cloudflare workers|cloudflare|" +
  "kubernetes|k8s|cloudfront|route 53|route53|namecheap|godaddy|nginx|caddy|traefik|apache|openssl|curl|postman";

export const BEFORE_PLACES = "in|on|at|by|via|from|with|using|sur|dans|auf|en|em";

/** "Rollback rehearsed with the team". */
export const COMPANY = "team|engineer|engineers|developer|developers|on-call|oncall|colleagues|staff";

/** "For optimal performance". */
export const PRAISE = "optimal|better|improved|faster|efficient|easier|maximum";
export const PRAISED = "performance|reliability|safety";

/** "Alert when the disk is full" asks about the disk; so do these beginnings. */
export const TELLINGS = "alert|alarm|notif|page|warn|tell|call";

/** What a variable is said to be, and what then leads to its description. */
export const BEING_SET =
  "set|added|configured|defined|present|available|stored|provided|loaded|exported|updated";
export const BEFORE_DESCRIPTION =
  "for|with|from|to|in|as|via|pour|avec|dans|für|mit|auf|para|con|com|em|per|voor|med|för|для";

/** Pages that have a check of their own, or are meant as a kind. */
export const OWN_PAGES =
  "home|main|landing|front|index|error|404|500|found|status|maintenance|privacy|terms|policy|legal|imprint|cookie|cookies|sub";
export const BEING_SHOWN =
  "load|loads|loading|open|opens|opening|render|renders|rendering|display|displays|accessible|reachable|" +
  "respond|responds|work|works|working|live|online";

/** "If applicable", in the languages that lists are written in. */
export const CONDITIONS =
  "if|when|wenn|falls|sofern|als|jeśli|если|若|如果|optional|unless|eg|e.g.|z.b.|p.ex.|p. ex.|por ejemplo|such as";
/** Before these, "si", "se" and "om" are a part of a verb: "si carica", "startas om automatiskt". */
export const AFTER_REFLEXIVE_SI =
  "caric|apr|avvi|riavvi|connett|colleg|visualizz|aggiorn|rinnov|ved|può|posson|chiud|attiv|ferm|ripristin|autentic|registr";
export const AFTER_CONDITIONAL_SE =
  "necess|aplicáv|applicab|houver|for|usar|usado|usi|exist|esist|tiver|disponí|disponib|presente|previst|possí|possib|" +
  "quiser|precis|não|non|vuoi|il|la|o|a|si|você|estiver";
export const AFTER_SEPARABLE_OM = "automat|efter|vid|till";
