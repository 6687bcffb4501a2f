/** What the words around a quantity say it is of, in the languages lists are written in. Words are in lower case. */
export const TOPICS = {
  latency:
    /response[- ]?times?|latenc|page loads?|loads? in|load(?:ing)? time|ttfb|antwort(?:zeit|et)|temps de (?:r[ée]ponse|chargement)|\banswers?\b|tiempos? de (?:respuesta|carga)|tempo de resposta|tempo di risposta|svarstid|\bp\d\d\b|percentile|响应时间|延迟|加载|tempi? di (?:risposta|caricamento)|tempo de carregamento|laadtijd|responstid|responstijd|reactietijd|czas (?:odpowiedzi|ładowania)|doba odezvy|время (?:ответа|отклика|загрузки)|задержк|час (?:відповіді|завантаження)|yanıt süresi|yüklenme süresi|応答時間|レスポンス(?:タイム|時間)|レイテンシ|응답 ?시간|지연 ?시간|thời gian (?:phản hồi|tải)|waktu (?:respons|muat)/u,
  errors:
    /error[- ]?rate|errors?\b|\bfail(?:ed|s|ure rate|ures?)?\b|fehler(?:rate|quote)|taux d['’]erreur|tasa de errores?|taxa de erros?|felfrekvens|错误率|\b5xx\b|taxa de erro|erro rate|tasso di errore|foutpercentage|fejlrate|feilrate|błęd|chybovost|ошибок|помилок|hata oranı|エラー率|에러율|오류율|tỷ lệ lỗi|tingkat (?:error|kesalahan)/u,
  availability:
    /up-?time|availab|\bwas up\b|\bsla\b|\bslo\b|verfügbar|disponib|tillgänglighet|可用性|可用率|在线率|beschikbaarheid|oppetid|dostępnoś|dostupnost|доступност|доступніст|аптайм|kullanılabilirlik|稼働率|가용성|가동률|ketersediaan/u,
  rollback:
    /roll-?\s?back|zurück(?:rollen|gehen)|revenir|retour arrière|reversi[óo]n|way back|回滚|terugdraai|wycofa|откат|відкат|geri al|ロールバック|롤백/u,
  /** Whose life a "TTL" may be, besides that of what is cached. */
  holder:
    /tokens?\b|токен|トークン|토큰|\bjwt\b|session|sitzung|sesi[óo]n|sess[ãa]o|сесси|сесі|セッション|세션|会话|令牌|\brtc\b|agora|livekit|auth|log-?in|sign-?in/u,
  token: /\btokens?\b|\bjwt\b|\bttl\b|\bsessions?\b|令牌/u,
  life: /\bttl\b|expir|lifetime|time-?out|time out|lives?\b|valid|gültig|lebensdauer|dur[ée]e de vie|caducidad|过期|有效|geldig|ważnoś|platnost|срок|истека|термін|geçerl|有効期限|만료|hết hạn|kedaluwarsa|berlaku/u,
  call: /\brtc\b|agora|livekit|\bcalls?\b|video/u,
  certificate:
    /certificate|\bcert\b|\bssl\b|\btls\b|zertifikat|certificat|certificado|证书|certificaat|certyfikat|certifikát|сертифик|сертифік|sertifika|証明書|인증서|chứng chỉ/u,
  backup:
    /back-?\s?ups?|sauvegardes?|sicherung|copias? de seguridad|respaldos?|säkerhetskopi|备份|kopi\p{L}* zapasow|záloh|резервн|бэкап|бекап|yedek|バックアップ|백업|sao lưu|cadangan/u,
  keep: /retention|retain|\bkept\b|\bkeep\b|aufbewahr|r[ée]tention|conserv|retenci[óo]n|lagring|滚动|保留|保存(?:期|\s?\d)|bewaar|przechow|uchov|хран|зберіга|sakla|保管|保持|보관|보존|lưu giữ|disimpan|retensi/u,
  /** When somebody is told, or a release goes back: its figures are no promises. */
  alert:
    /\balert|alarm|alert[ae]s?\b|\bpager|\bpag(?:e|es|ed|ing) (?:on-?call|the |us\b|me\b|some)|opsgenie|\bnotif|\bwarn(?:ing|ung)?s?\b|\btriggers?\b|thresholds?|schwelle|\bseuils?\b|umbral|soglia|limiar|benachrichtig|\bavis[oe]s?\b|\ballarm|powiadom|upozorn|предупрежд|оповещ|сповіщ|uyarı|cảnh báo|peringatan|varning|advarsel|waarschuw|アラート|通知|告警|报警|警报|警报|阈值|閾値|しきい値|알림|알람|경보|임계|roll(?:ed|s)?[\s-]?back (?:if|when|at)\b/u,
  every: /\bevery\b|\beach\b|\balle\b|toutes? les|\bcada\b|\bvarje\b|\bper\b|每/u,
  rate: /rate[- ]?limit|requests?|\breq\b|\/\s?min|\/\s?s\b|throttl|anfragen|requêtes|peticiones|限流/u,
  body: /(?:body|upload|payload|request|file) (?:size|limit)|body|upload|payload|\bjson\b|(?:request|anfrage)n?-?(?:größe|limit)|nutzlast|corps (?:de|des) requ[êe]te|cuerpo de la petici[óo]n|请求体/u,
  /** What is done with a body of that size to see whether it goes through. */
  trial: /\btests?\b|smoke|round-?trip|\btry\b|probe|测试|テスト|테스트/u,
  load: /concurrent|simultaneous|users|capacity|\bload\b|gleichzeitig|simultan|concurrent[ei]s|并发/u,
  performance: /\bperformance\b|\bresponses?\b/u,
  /** What is no answer to any request of a user, and has a time of its own. */
  special:
    /cold start|start-?up|health ?checks?|import|export|\bupload|download|search|queue|\bjob|e-?mail|notification|webhook|image|report|build|deploy|schema|migration|sync|render|overhead/u,
  rto: /\brto\b|recovery time|wiederherstellungszeit|temps de reprise/u,
  rpo: /\brpo\b|recovery point|data loss|datenverlust|perte de donn[ée]es/u,
  rehearsal: /verif|\btest|restor|\bcheck|review|prüf|vérif|probar|prueba|验证|测试|恢复/u,
  painting: /paint|\blcp\b|\bfcp\b|\btti\b|\bcls\b|\binp\b|interactive|lighthouse|\btbt\b/u,
  mean: /\baverage\b|\bavg\b|\bmean\b|durchschnitt|moyen|promedio|medio|média|genomsnitt|gemiddeld|gj?ennomsnitt|średni|průměr|в среднем|средн|у середньому|ortalama|trung bình|rata-rata|平均|평균/u,
  database:
    /\bquer(?:y|ies)\b|\bdatabase\b|\bdb\b|\bsql\b|datenbank|base de (?:donn[ée]es|datos)|数据库|查询/u,
  disk: /\bssd\b|\bhdd\b|\bdisks?\b|storage|festplatte|disque|disco|磁盘/u,
  memory: /\bram\b|memory|arbeitsspeicher|m[ée]moire|memoria|内存/u,
  downtime: /down-?\s?time|ausfall|indisponib|停机/u,
} as const;
export type Topic = keyof typeof TOPICS;

/** Where a quantity stands: its own clause, the line around it, and what stands above the line. */
export interface Around {
  readonly clause: string;
  /** The line up to the quantity. */
  readonly before: string;
  readonly line: string;
  readonly above: string;
}

/** Parts of a line that speak of one thing each. */
export function clauseAt(text: string, from: number): string {
  const ends = [...text.matchAll(CLAUSE_END)].map(
    ({ index, 0: mark }) => [index, index + mark.length] as const,
  );
  const start = ends.findLast(([, end]) => end <= from)?.[1] ?? 0;
  const end = ends.find(([at]) => at >= from)?.[0] ?? text.length;
  return text.slice(start, end).toLowerCase();
}

const CLAUSE_END = /[,;](?=\s)|[，、；]|\s[–—|+]\s|\s(?:and|und|et|y|och|sowie)\s|(?:和)/giu;

/** The clause says it; where it says nothing of the kind, the line does. */
export function speaksOf(topic: Topic, { clause, line }: Around): boolean {
  return TOPICS[topic].test(clause) || (!saysAnything(clause) && TOPICS[topic].test(line));
}

/** In the line, or in the heading right above it. */
export function isAbout(topic: Topic, { line, above }: Around): boolean {
  return TOPICS[topic].test(line) || TOPICS[topic].test(above);
}

const MAIN: readonly Topic[] = [
  "latency",
  "errors",
  "availability",
  "rollback",
  "certificate",
  "backup",
  "token",
  "rto",
  "rpo",
];

function saysAnything(clause: string): boolean {
  return MAIN.some((topic) => TOPICS[topic].test(clause));
}
