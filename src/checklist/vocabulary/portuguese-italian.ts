/** Portuguese and Italian, by the English words; "*" stands for any ending. */
export const PORTUGUESE_ITALIAN = `
test account: contas de teste, conta de teste, usuários de teste, account di prova, account di test, utenti di prova
production mode: modo produção, modo de produção, modalità produzione
environment variables: variáveis sensíveis, variabili sensibili
migrations applied: migrazioni applicate, migrazioni del database applicate, migrazioni database applicate
on render: em render, no render, su render
header: cabeçalho*, intestazion*
hsts header: cabeçalho hsts
crash: queda, quedas, caduta
after: após, depois, dopo
restart: reinicia, reiniciar, riavvi*, reinício
sensitive data: dados sensíveis, dati sensibili, dato sensibile, dado sensível, informações sensíveis, informazioni sensibili
sensitive: sensív*, sensibil*
file size limit: limite de tamanho, limite de tamanho de arquivo, tamanho máximo, tamanho máximo de arquivo, limite dimensione file, dimensione massima file, dimensione massima, limite dimensione, limiti dimensione
size: tamanho*, dimension*
description: descrição, descrições, descrizion*
meta tags: metatags, meta tag, tag meta
custom: personalizad*, personalizzat*
404 page: página 404, pagina 404
ports: portas, porta, porte
open: abertas, aberta, aberto, aperte, aperta, aperto, aperti
background: segundo plano, em segundo plano, in background, sottofondo
background worker: workers em segundo plano, worker in background, processos em segundo plano
changes: alterações, mudanças, modifiche
committed: commitad*, committat*
the: sulle, sulla, sul, sugli, nei, nelle, nella, nel, negli, dopo, in meno di, meno di, corretto, correttamente, presenti, presente, ogni, solo le, devono, deve, tra, fra, dove, quando, corretamente, deve, devem, cada, mesma, mesmo, toda, todo, nenhum acesso
no: nessun, nessuna, nessuno, senza, nenhum, nenhuma, sem
alerts tested: alert testati
tested: testat*, provat*, collaudat*
points to: puntano, punta, puntano al, aponta, apontam
accessible: accessibil*, raggiungibil*, acessív*
loads: si carica, si caricano, caricano, carica, caricat*, carrega, carregam, renderiza, renderizam
broken link: link rotto, link rotti, link non funzionanti, collegamenti rotti
legal notice: note legali, informativa legale
privacy policy: informativa sulla privacy, informativa privacy, privacy policy
published: pubblicat*, publicad*
second: secondi, segundos
pass: passano, passa, superat*, passando, passam
known: nota, note, noti, conhecid*
connected: conness*, conectad*, collegat*
upload: caricamento, caricare
file upload: caricamento file, upload file, upload de arquivos, envio de arquivos, upload immagini, upload de imagens
applied: applicat*, aplicad*
run: in esecuzione, rodando, rodar, em execução
asynchronous tasks: tarefas assíncronas
strategy decided: estratégia de backup definida, strategia di backup definita
limit: limite, limiti
logged out: deslogado, deslogada, sem login, non autenticato
page loading: caricamento pagine
flow: fluxo*, flusso, flussi
normal: normal, normale, normali
open: abrir, aprire
visit: abrir, acessar, visitar
log level: nível de log
strategy: estratégia*, strategia
policy: política*
error rate: taxa de erro, taxa de erros, tasso di errore
cpu usage: uso de cpu, utilizzo cpu, utilizzo della cpu
memory usage: uso de memória, consumo de memória, utilizzo memoria, utilizzo della memoria
usage: uso, consumo, utilizzo
memory: memória, memoria
disk: disco
database user: usuário do banco, usuário do banco de dados, utente del database
database: banco
least privilege: privilégios mínimos, permissões mínimas, menor privilégio, privilegi minimi, permessi minimi
secret: chave, chaves
strong: forte, fortes
mode: modo, modalità
debug mode: modo debug, modalità debug
disabled: desligad*, desativad*, disabilitat*
restricted: restrit*, limitad*, ristrett*
application: aplicação, aplicações, applicazione
protection: proteção, protezione
against: contra, contro
loads: abre, abrem, si apre
no: sem, nenhum, nenhuma, nessun, nessuna
in code: no código, no código-fonte
the: abaixo, acima, menor, maior, ter, tem, ficar, já, pelo, pela, mais, menos, aos, às, antes, depois, sotto, sopra
downtime: queda, quedas, indisponibilidade
daily backup: backup diário, backups diários, backup giornaliero
automated backup: backup automático, backups automáticos, backup automatici
restored: restaurado, restaurada, ripristinato
test environment: ambiente de teste
environment: ambiente
rate limit: limite de requisições, limite de tentativas
login attempt: tentativas de login, tentativi di accesso
branch: branch, ramo
pushed: enviado
tested: testado, testada, testados, testato, testata
responding: respondendo, risponde
default password: senhas padrão, senha padrão, password predefinite
closed: fechad*, chius*
unnecessary: desnecessári*
database: banco de dados, base de dados, bancos de dados, banca dati, base dati, database
connection: conexão, conexões, conect*, acessível, acessíveis, connession*, raggiungibil*
connection pool: pool de conexões, pool di connessioni
backup: cópia de segurança, cópias de segurança, copie di sicurezza, copia di sicurezza, salvataggio dei dati, salvataggi dei dati, salvataggi automatici, salvataggio del database
restore: restauração, restaurado, restaurar, recupera*, ripristin*
rollback: reversão, reverter
password: senha*, password
secret: segredo*, credencia*, chaves de api, chave de api, chave secreta, chaves secretas, segret*, credenzial*, chiavi api, chiave api
strong: forte, fortes, forti, aleatóri*, robust*, casual*
certificate: certificad*, certificat*
valid: válid*, valid*
expiry: expira*, vencimento, renova*, scaden*, rinnov*
encrypted: criptograf*, cifrad*, crittograf*
redirect: redireciona*, reindirizza*
force: forçad*, forçar, obrigatóri*, forzat*
security header: cabeçalhos de segurança, headers de segurança, intestazioni di sicurezza, header di sicurezza
security: segurança, sicurezza
environment variable: variáveis de ambiente, variável de ambiente, variabili d'ambiente, variabili di ambiente, variabili d ambiente
environment: ambiente*
error page: página de erro, páginas de erro, pagina di errore, pagine di errore
error: erro, erros, errore, errori
page: página*, pagina, pagine
home page: página inicial, pagina iniziale
load: carrega*, caricament*, carica, caricano
broken link: links quebrados, link quebrado, link rotti, link non funzionanti
test: teste, testes, testad*
pass: passa, passam, passando, sucesso, superat*, riuscit*, passou, passaram
test email: e-mail de teste, email de teste, emails de teste, email di prova, email di test, mail di prova
arrives: chega, chegam, chegou, arriva, arrivano
inbox: caixa de entrada, casella di posta, posta in arrivo
tests: os testes
type check: verificação de tipos, checagem de tipos, erros de tipo, erros de tipagem, controllo dei tipi, errori di tipo
typescript compilation: typescript compila, typescript compilando, compilação typescript
fixed: corrigid*, corrett*, risolt*, resolvid*
unit test: testes unitários, test unitari
integration test: testes de integração, test di integrazione
load test: testes de carga, teste de carga, test di carico
migration: migraç*, migrazion*
applied: aplicad*, executad*, applicat*, eseguit*
index: índice*, indici
foreign key: chave estrangeira, chaves estrangeiras, chiave esterna, chiavi esterne
slow query: consultas lentas, query lente
rate limit: limite de requisições, limitação de taxa, limite di richieste, limitazione delle richieste
login: início de sessão, accesso utente
authentication: autenticaç*, autenticazion*
authorization: autorizaç*, permissões, autorizzazion*, permessi
protected: protegid*, protett*
static files: arquivos estáticos, ficheiros estáticos, file statici
compression: compressão, compression*
log: registros, logs, registri
monitoring: monitora*, monitoraggi*
alert: alerta*, avvis*, allert*
health check: verificação de saúde, controllo dello stato
background job: tarefas em segundo plano, processi in background
cron job: tarefas agendadas, tarefa agendada, attività pianificate, operazioni pianificate
queue: fila, filas, coda
signature: assinatura*, firma
payment: pagamento*, pagamenti
dependency: dependência*, dipendenz*
deploy: implantaç*, implanta*, publicaç*, rilasci*, distribuzion*
document: documentaç*, documentad*, documentazion*, documentat*
procedure: procedimento*, procedur*
team: equipe*, equipa*, squadra, cliente*
train: treina*, formazion*
privacy: privacidade, lgpd, riservatezza
email: correio, e-mail*, posta
user: usuário*, utilizador*, utent*
data: dados, dati
data integrity: integridade dos dados, integridade de dados, integrità dei dati
disabled: desativad*, desabilitad*, disattivat*, disabilitat*
enabled: ativ*, habilitad*, attiv*, abilitat*
configured: configurad*, configurat*, definid*, definit*, impostat*
verify: verifica*, valida*, testar, controllar*, controlla*
works: funciona*, funzion*
created: criad*, criar, creat*
updated: atualiza*, aggiorna*
response time: tempo de resposta, tempi di risposta, tempo di risposta
exposed: expost*, espost*
optimize: otimiza*, ottimizz*
only: apenas, somente, soltanto
used: usad*, utilizad*, utilizzat*
the: o, os, as, um, uma, do, da, dos, das, no, na, nos, nas, em, e, ou, com, sem, para, por, ao, à, não, que, é, são, está, estão, se, il, lo, gli, i, di, del, della, dei, delle, degli, al, alla, con, per, non, che, sono, è, un, uno, una, nel, nella, tra, fra, su, sul, sulla, tutti, tutte, tutto, todos, todas, todo
in code: no código, no codigo, nel codice, no repositório
changed: alterad*, trocad*, substituíd*, cambiat*, sostituit*
default: padrão, predefinit*
structured: estruturad*, strutturat*
points to: apontando para, aponta para, punta a
disk space: espaço em disco, spazio su disco
enough: suficiente*, sufficiente*
log rotation: rotação de logs, rotazione dei log
vulnerability: vulnerabilidade*, vulnerabilità
running: em execução, rodando, in esecuzione
private: privad*, protegid*, privat*, protett*
all: todos os, todas as, tutti i, tutte le
production: produção, produzione
the: ambiente, ambientes, correto, correta, corretos, corretas, corretamente, necessário, necessária, necessários, necessárias, existente, existentes, novo, nova, novos, novas, realizado, realizada, realizados, realizadas, concluído, concluída, disponível, disponíveis, sistema, serviço, serviços, aplicação, aplicações, projeto, usuário, usuários, utente, utenti, servizio, servizi, applicazione, progetto, nuovo, nuova, nuovi, nuove, corretto, corretta, disponibile, completato, completata, automático, automática, automáticos, automáticas, automaticamente, automatico, automatica, instalado, instalada, instalados, installato, installata, implementado, implementada, implementato, implementata
rejected: rejeitad*, bloquead*, rifiutat*, bloccat*
removed: removid*, apagad*, rimoss*, eliminat*, excluíd*
body: corpo
consent: consentimento, consenso
domain: domínio, domínios, dominio
upload: upload, envio de arquivos, caricamento
file: arquivo, arquivos, ficheiro, ficheiros
request: requisição, requisições, richiesta, richieste
server: servidor, servidores
broken link: links quebrados, link quebrado, link rotti, collegamenti interrotti
terms: termos, termini
dependency: dependências, dependência, dipendenze
password: senha, senhas
the: confirmar, aplicar, compartilhado, definitivo, definitiva, adicional, permitir, substituir, real, reais, ajustar
git history: histórico do git, histórico git, cronologia git, cronologia di git
accessibility: acessibilidade, accessibilità
passwords hashed: senhas criptografadas, senhas com hash, password cifrate, hash das senhas
`;
