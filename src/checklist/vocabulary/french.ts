/** French, by the English words; "*" stands for any ending. */
export const FRENCH = `
test account: comptes de test, compte de test, utilisateurs de test
production mode: mode production
environment variables: variables sensibles
security headers: headers de sécurité http, headers de sécurité, en-têtes de sécurité http
live mode: mode live, mode réel
only ports open: seuls les ports
open: ouvert, ouverts, ouverte, ouvertes
written process: stratégie définie
on render: sur render
active: actif*, active, actives
header: en-tête, en-têtes
the: bon, bonne, bons, bonnes, nécessaire*, sans erreur, correctement, chaque, depuis, après, avant, si besoin, uniquement, moins de, ni, peuvent, peut, doit, doivent, selon, lors
hsts header: en-tête hsts
require login: nécessitent une connexion, nécessite une connexion, nécessitent connexion, nécessitent d'être connecté, nécessite d'être connecté, réservées aux utilisateurs connectés
requires: nécessite, nécessitent, exige, exigent
upload limit: taille maximale des fichiers uploadés, taille maximale des fichiers, taille max des fichiers, taille des fichiers limitée, limite de taille
database: la base de données, bdd, la bdd
limited: limitée, limité, limitées
meta tags: balises meta, balise meta, balises méta, métadonnées
title tag: balise title, balises title
tag: balise*
custom: personnalisé*
404 page: page 404, page d'erreur 404
background workers: workers en arrière-plan, workers en arrière plan
background: en arrière-plan, en tâche de fond, arrière-plan
image upload works: images peuvent être téléversées, téléversement d'images, upload d'images
upload: téléversé*, téléverse*, téléversement*, uploadé*, téléchargement d'images
load: se charge, se chargent, chargement, s'affiche, s'affichent, s'ouvre
strategy decided: stratégie de sauvegarde définie
decided: arrêtée
requests: requêtes
fill: renseigner, remplir, renseignées, renseignés
flow: parcours, tunnel
base url: url de base
frequency: fréquence
endpoint: point d'entrée
sql injection: injection sql, injections sql
security headers: en-têtes http de sécurité, en-têtes de sécurité
database backup: sauvegarde* de la base, sauvegardes de la base
enough: suffisant*
running: démarr*, en cours d'exécution
file upload: upload de fichiers, envoi de fichiers
send email: envoi d'emails, envoi des emails, envoi d'e-mails
unnecessary: inutile*
closed: fermé*
ssh key: connexion ssh par clé, ssh par clé
security updates: mises à jour de sécurité, mise à jour de sécurité
disaster recovery: plan de reprise, plan de reprise d'activité
right to be forgotten: droit à l'effacement, droit à l'oubli
data export: export des données personnelles, export des données, export de données
availability: disponibilité*
cookie banner: bandeau cookies, bandeau de cookies, bannière cookies, bannière de cookies
dead link: lien mort, liens morts, liens brisés
sensitive data: données sensibles
personal data: données personnelles
uptime monitoring: surveillance de la disponibilité
delete account: suppression de compte, suppression du compte
log level: niveau info
visit: ouvrir, visiter
page load time: page se charge
required: requis, requise, requises
added: ajouté*
migration: migration*
publicly accessible: exposé publiquement, exposée publiquement, accessible publiquement
not publicly accessible: non exposé publiquement, non exposée publiquement, pas exposé
upload size limit: taille limite upload, limite upload, taille limite des uploads
order: ordre
strategy: stratégie*
policy: politique*
error rate: taux d'erreurs, taux d'erreur, taux d erreurs, taux d erreur
disk space: espace disque, espace de disque, place disque
memory usage: utilisation mémoire, utilisation de la mémoire, consommation mémoire, mémoire utilisée
cpu usage: utilisation cpu, utilisation du cpu, charge cpu, charge processeur
usage: utilisation, consommation
monitor: surveill*, suivi, suivre
no: aucun, aucune, sans
remaining: restant*
hardcoded: en dur, codé en dur
in code: dans le code source, dans le code, dans le dépôt
branch: branche*
pushed: poussé*, pushé*
merged: fusionné*, mergé*
login attempt: tentatives de connexion, tentative de connexion, nombre de tentatives, tentatives de login
rate limit: limitation du nombre de requêtes, limiteur de débit
upload size limit: taille des uploads, limite de taille des uploads, taille maximale des uploads, taille des fichiers, limite de taille des fichiers
database user: utilisateur de base de données, utilisateur bdd, utilisateur de la base
least privilege: droits minimaux, privilèges minimaux, moindre privilège, droits limités, droits restreints
default password: mots de passe par défaut, mot de passe par défaut
default: par défaut
changed: changé*, modifié*, remplacé*
debug mode: mode debug, mode débogage
run: s'exécutent, s'exécute, exécutent, tournent, tourne, en cours d'exécution
processed: trait*, traitent, traités
home page loads: page d'accueil s'affiche, page d accueil s affiche
loads: s'affiche, s'affichent, s affiche, affiche, charge
responds: répond, répondent, renvoie, retourne
automatic: automatique*
daily: quotidien*, journalier*, quotidiennement
regularly: régulièrement, régulier*
tested: testé*, éprouvé*
eliminated: éliminé*
offsite: off-site
stored: stocké*
external monitoring: monitoring externe, surveillance externe
informed: informé*, prévenu*, notifié*
written: rédigé*, écrit*
sensitive: sensible*
database: base de données, bases de données, base de donnees, bdd
connection: connexion*, accessible*, joignable*, accès
connection pool: pool de connexions
login: page de connexion, connexion utilisateur*, se connecter, authentification utilisateur
backup: sauvegarde*, backup*
restore: restaurer, restauré, restaurée, restauration, reprise, récupération
rollback: retour arrière, retour en arrière
password: mot de passe, mots de passe
secret: secret*, identifiants, clé api, clés api, clé secrète, clés secrètes, clé, clés
strong: fort, forte, forts, fortes, robuste*, aléatoire*
certificate: certificat*
valid: valide*, valable*
expiry: expir*, renouvel*
encrypted: chiffré*, chiffrement, crypté, cryptés, cryptées
redirect: redirig*, redirection*
force: forc*, obligatoire*, imposé*
security header: en-têtes de sécurité, entêtes de sécurité, headers de sécurité, en-tête de sécurité
security: sécurité*, sécuris*
header: en-tête*, entête*
environment variable: variables d'environnement, variable d'environnement, variables d environnement, variable d environnement
environment: environnement*
error page: page d'erreur, pages d'erreur, page 404, page d erreur
error: erreur*
page: page*
log level: niveau de log, niveaux de log, niveau de journalisation, niveaux de journalisation
already: déjà
in place: en place
adjust: ajust*, adapter
need: besoin, nécessaire, nécessaires
request: requêtes, requête
pass: passent, passer, passe
appropriate: approprié*, adapté*, adéquat*, correct*
level: niveau, niveaux
home page: page d'accueil, page d accueil, accueil
load: chargé*, chargent, affich*
link: lien*, navigation
broken link: liens cassés, liens morts, lien cassé
all: tous, toutes, tout, toute
test: test, tests, testé*
pass: réussi*, passent, passant, vert*, succès
type check: vérification des types, vérification de types, erreurs de type, erreurs de typage, contrôle des types
fixed: corrigé, corrigés, corrigée, corrigées
unit test: tests unitaires, test unitaire
integration test: tests d'intégration, test d'intégration, tests d intégration
load test: tests de charge, test de charge, montée en charge
end-to-end test: tests de bout en bout
migration: migration*
applied: appliqu*, exécut*
index: index
foreign key: clé étrangère, clés étrangères
slow query: requêtes lentes, requête lente
query: requête*
rate limit: limitation de débit, limite de débit, limitation des requêtes, limitation du taux
limit: limit*
authentication: authentification*
authorization: autorisation*, droits, rôles
protected: protég*
cache: cache*, mise en cache
static files: fichiers statiques, assets statiques, ressources statiques
compression: compress*
log: journalis*, journaux
monitoring: surveillance*, supervision*, monitoring
alert: alerte*
health check: vérification de santé, contrôle de santé, santé
background job: tâches de fond, tâche de fond, tâches en arrière-plan, tâches d'arrière-plan
cron job: tâches planifiées, tâche planifiée, tâches cron, tâche cron
queue: file d'attente, files d'attente, file d attente
signature: signature*, signé*
payment: paiement*
dependency: dépendance*
vulnerability: vulnérabilité*, faille*
repository: dépôt*
build: build*, compil*
deploy: déploi*, déploy*, mise en production, mise en ligne
document: document*, documentation*
plan: plan, plans
procedure: procédure*
team: équipe*, client, clients
train: formation, formé, formée, formés
legal: légal*, juridique*
privacy: confidentialité, rgpd, vie privée
firewall: pare-feu, pare feu, firewall*
domain: domaine*
email: email*, e-mail*, courriel*, mail*
user: utilisateur*, utilisatrice*
data: donnée*
data integrity: intégrité des données, cohérence des données
disabled: désactiv*
enabled: activ*
configured: configur*, en place, mis en place, renseign*, défini*, définie*, paramétr*, présent*
verify: vérifi*, contrôl*, valid*, s'assurer, assurer
works: fonctionn*, marche, opérationnel*
created: créé*, créer, création
installed: install*
updated: à jour, mis à jour, mise à jour, mises à jour, actualis*
performed: effectu*, réalisé*, préparé*
exposed: expos*
optimize: optimis*
removed: nettoyé*, supprim*, retiré*
offsite: hors site, hors vps, hors serveur, copie distante, copies distantes
upload size limit: taille limite upload, taille maximale des fichiers
stored in: stocké dans, stockée dans, stockés dans
points to: pointant vers, pointe vers, pointent vers
only: uniquement, seulement
used: utilis*
preparation: prépar*
browser: navigateur*
console: console
restart: redémarr*
automatic: automatique*
daily: quotidien*
response time: temps de réponse
search engines: moteurs de recherche
the: le, la, les, l, un, une, des, du, de, d, et, ou, est, sont, pour, avec, sans, sur, sous, dans, en, par, au, aux, ne, pas, plus, ce, cette, ces, son, sa, ses, leur, leurs, que, qui, si, se, s, à, a, y, il, elle, nous, vous, ils, être, été, fait, faire, via, chaque, entre, vers, chez, correctement, correct, correcte
production: production, prod
the: environnement, environnements, service, services, système, application, applications, projet, utilisateur, utilisateurs, nouveau, nouvelle, nouveaux, nouvelles, existant, existante, existants, existantes, disponible, disponibles, nécessaire, nécessaires, requis, requise, requises, équivalent, restant, restante, restants, nombre, ainsi, tout est, bien, complet, complète, terminé, terminée, terminés, automatique, automatiques, automatiquement, installé, installée, installés, installées, publié, publiée, publiés, publiées, ajouté, ajoutée, ajoutés, créée, implémenté, implémentée, implémentés, implémentées, annuellement, mensuellement, régulièrement, en ligne
masked: masqué*, anonymis*
rejected: rejet*, refus*, bloqu*
removed: supprim*, retir*, effac*
legal notice: mentions légales
disaster recovery: reprise d'activité, reprise après sinistre, pra
the: passe, passent, déjà, copier, mettre, besoin, éventuellement, ainsi que, toujours, jamais, utiliser, projet
restricted: restreint*, limité, limitée, limités
all requests: toutes les requêtes
commit: commiter, commité*, commitée*
body: corps
consent: consentement
domain: domaine, domaines, nom de domaine
upload: téléversement, envoi de fichiers, téléversements
file: fichier, fichiers
request: requête, requêtes
server: serveur, serveurs
broken link: liens cassés, liens morts, lien cassé
terms: conditions générales, cgu, cgv
the: confirmer, appliquer, partagé, définitif, définitive, supplémentaire, permettre, remplacer, compléter, réel, réels, établir, ajouter, ajuster
git history: historique git, historique de git, historique des commits
accessibility: accessibilité
automated: automatis*
passwords hashed: mots de passe hachés, mots de passe hashés, hachage des mots de passe
`;
