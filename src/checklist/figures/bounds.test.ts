import { expect, it } from "vitest";
import { measuredIn } from "./measured.ts";

it.each<[line: string, says: string]>([
  ["Alertas por correo si la tasa de errores supera el 0,5 %", "errors-above=0.5%"],
  ["Alarm, wenn die Fehlerquote 0,5 % übersteigt", "errors-above=0.5%"],
  ["Alarm ab 0,5 % Fehlerquote", "errors-above=0.5%"],
  ["Alerte si le taux d'erreur dépasse 0,5 %", "errors-above=0.5%"],
  ["エラー率が0.5%を超えたらアラート", "errors-above=0.5%"],
  ["Alerta se a taxa de erros passar de 0,5%", "errors-above=0.5%"],
  ["Hata oranı %0,5'i aşarsa uyarı", "errors-above=0.5%"],
  ["PagerDuty: error rate 0.5% over 5 min", "errors-above=0.5%"],
  ["Page on-call if p95 goes beyond 300ms", "latency-above=300ms"],
  ["Alert: p95 of 300ms", "latency-above=300ms"],
  ["Response time must not exceed 500ms", "p95=500ms"],
  ["La latencia p95 no debe superar los 300 ms", "p95=300ms"],
  ["Le taux d'erreur ne dépasse pas 1 %", "errors=1%"],
  ["Fehlerquote darf 0,5 % nicht übersteigen", "errors=0.5%"],
  ["Availability must not drop below 99.9%", "availability=99.9%"],
  ["可用性不低于 99.9%", "availability=99.9%"],
  ["Доступность не менее 99,9 %", "availability=99.9%"],
  ["错误率不得超过 0.5%", "errors=0.5%"],
  ["Antwortzeit überschreitet 500 ms nicht", "p95=500ms"],
  ["에러율이 0.5%를 초과하지 않음", "errors=0.5%"],
  ["Hata oranı %1'i aşmamalı", "errors=1%"],
  ["Error rate of 0.5%", "errors=0.5%"],
])("tells the threshold of an alert from a promise: %s", (line, says) => {
  const told = measuredIn(line, "").map(({ name, value }) => `${name}=${value}`);
  expect(told.join(" ")).toBe(says);
});
