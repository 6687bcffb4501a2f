import { LETTER } from "../vocabulary/letters.ts";
// Patterns of lower case: to be compiled for both takes those of many letters more than twice as long.

/** What a line says of a figure: no more than it, no less than it, or just the figure. */
export type Bound = "most" | "least" | "exactly";

const BELOW =
  "under|below|(?:less|fewer) than|unter|weniger als|sous|moins de|en dessous de|inférieure? à|menos de|menor (?:a|al|que|de)|inferior a|debajo de(?:l)?|abaixo de|inferiore a|sotto|meno di|mindre än|ниже|меньше|менее|нижче|менше|poniżej|mniej niż|minder dan|onder|dưới|kurang dari|di bawah|低于|低於|小于|小於|少于";
const AT_MOST =
  "at most|no more than|up to|max(?:imum)?(?: of)?|within|höchstens|bis zu|innerhalb von|maximum|máximo|máx\\.?|не более|до|не більше|不(?:得|能|应|應|可|会)?超[过過]|控制在";
const AT_LEAST = `at least|min(?:imum)?(?: of)?|mindestens|au moins|al menos|minst|не менее|co najmniej|minstens|ít nhất|minimal|至少|(?<!${LETTER})ab`;
const MORE =
  "over|above|beyond|(?:more|greater|higher|larger|longer|slower) than|über|(?:mehr|größer|höher|länger) als|plus de|supérieure? à|au-del[àa] de|au-dessus de|más de|mayor (?:a|al|que|de)|superior a|encima de|mais de|acima de|maior que|superiore a|oltre|mer än|över|выше|больше|более|свыше|вище|більше|powyżej|więcej niż|(?:meer|hoger) dan|trên|lebih dari|di atas|高于|高於|大于|超[过過出]?";
/** "Alert if the error rate exceeds": the verb of a threshold. */
const EXCEEDS = `exceed(?:s|ed|ing)?|reach(?:es|ed|ing)?|hits?|über(?:steig|schreit|schritt)${LETTER}*|erreicht|dépass${LETTER}*|excèd${LETTER}*|atteint|atteign${LETTER}*|super[aei]${LETTER}*|exced${LETTER}+|ultrapass${LETTER}*|sobrepas${LETTER}*|rebas[ae]${LETTER}*|pass(?:a|ar|e|em|arem) de|alcan[zcç]${LETTER}*|overstig${LETTER}*|overst(?:ij|e)g${LETTER}*|overschrijd${LETTER}*|överst[ie]g${LETTER}*|przekr${LETTER}*|překro${LETTER}*|превы${LETTER}*|перевищ${LETTER}*|vượt(?: quá)?|melebihi`;
const NOT = `(?<!${LETTER})(?:not|never|cannot|nicht|nie|ne|não|nunca|non|niet|nooit|не|inte|ikke|tidak|không)\\s+`;
/** "supera el 0,5 %", "exceeds the 300 ms", "höchstens zu 75 %". */
const ARTICLE = `\\s*(?:of\\s*)?(?:(?<!${LETTER})(?:the|el|los|las|il|lo|la|les?|os?|as|al|zu|auf|bei|um|de[nr]|die)\\s+|l['’])?`;

const MOST = ending(`(?:${BELOW}|${AT_MOST})${ARTICLE}`);
/** "must not drop below", "no less than", "не менее", "不低于": no bound from above. */
const NOT_LESS = ending(
  `(?:(?:${NOT}|(?<!${LETTER})(?:no|pas)\\s+)(?:(?:be|drop|fall|go)\\s+)?|不(?:得|能|应|應|可|会)?)(?:${BELOW})${ARTICLE}`,
);
/** "must not exceed", "no debe superar los", "ne dépasse pas": as much a promise as "at most". */
const NOT_MORE = ending(
  `(?:${NOT}(?:${LETTER}+\\s+){0,2}(?:${EXCEEDS})|${NOT}(?:(?:be|go|rise|take)\\s+)?(?:${MORE})|\\bno\\s+(?:debe${LETTER}*\\s+)?(?:${EXCEEDS}|(?:greater|higher|larger|longer|slower) than)|(?:dépass|excèd)${LETTER}*\\s+(?:pas|jamais))${ARTICLE}`,
);
const LEAST = ending(`(?:${MORE}|${AT_LEAST}|${EXCEEDS})${ARTICLE}`);

/** Languages that say it behind the figure: "80%以下", "500 ms altında". */
const MOST_BEHIND =
  /^\s*(?:以下|以内|未満|不到|이하|미만|이내|を超えな|を(?:下回[るっ]|切)|[을를]?\s*(?:초과하|넘)지|['’]?y?[iıuü]?\s*aşma(?!s)|['’]?(?:n?[iıuü]n)?\s*altında|or (?:less|faster|below)|oder weniger|max\b|nicht über(?:steig|schreit))/u;
const LEAST_BEHIND =
  /^\s*(?:以上|を下回らな|を?超|を上回|に達|이상|[을를]?\s*(?:초과|넘)|['’]?(?:n?[iıuü]n|y?[iıuü])?\s*(?:üzerinde|aş[aıtm]|geç[et])|or (?:more|above)|oder mehr|über(?:steig|schreit|schritt))/u;

const EXCEEDED = ending(`(?:${EXCEEDS})${ARTICLE}`);
/** "überschreitet 500 ms nicht" */
const NOT_BEHIND = /^\s*(?:nicht|niet|inte|ikke)(?!\p{L})/u;

/** Whether a text ends so. Read from its end: hardly any place in a line begins one, and each would be tried. */
function ending(words: string): Pick<RegExp, "test"> {
  const pattern = new RegExp(`(?<=${words})`, "uy");
  return {
    test(text) {
      pattern.lastIndex = text.length;
      return pattern.test(text);
    },
  };
}

/** How far before a figure its bound is looked for, in characters. */
const REACH = 48;

/** Of the figure that stands between `from` and `to`, by the words around it. */
export function boundBetween(text: string, from: number, to: number): Bound {
  const before = text.slice(Math.max(0, from - REACH), from).toLowerCase();
  const behind = text.slice(to, to + 20).toLowerCase();
  // "no less than" ends like "less than", "no more than" like "more than".
  if (NOT_LESS.test(before)) return "least";
  if (EXCEEDED.test(before) && NOT_BEHIND.test(behind)) return "most";
  if (MOST.test(before) || NOT_MORE.test(before) || MOST_BEHIND.test(behind)) return "most";
  return LEAST.test(before) || LEAST_BEHIND.test(behind) ? "least" : "exactly";
}
