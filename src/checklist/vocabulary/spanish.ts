/** Spanish, by the English words; "*" stands for any ending. */
export const SPANISH = `
test account: cuentas de prueba, cuenta de prueba, usuarios de prueba
production mode: modo producción, modo de producción
environment variables: variables sensibles
on render: en render
database: la base de datos, bd, la bd, bbdd
included: incluid*
crash: caída, caídas, caída del servidor, fallo del servidor
after: tras, luego de, después de
file size limit: límite de tamaño, límite de tamaño de archivo, límites de tamaño, tamaño máximo de archivo, tamaño máximo
size: tamaño*
description: descripción, descripciones
meta tags: meta tags, metatags, etiquetas meta, meta etiquetas
tags: etiquetas
custom: personalizad*
404 page: página 404, página de error 404
known: conocid*
background: segundo plano, en segundo plano
background worker: workers en segundo plano, procesos en segundo plano, procesos en background
changes: cambios
run: corriendo, ejecutan, ejecutándose, corren
the: tras, cada, según, antes de, debe, deben, debería, correspondiente*, mismo, misma, mismas, mismos, fuera, pendiente
outside git: fuera de git
rehearse: ensayar, ensayo, ensayad*
restore: restauración, restaurar, restaurad*
service: servicio*
maintenance: mantenimiento
isolation: aislamiento
blocked: bloquead*
dimension: dimension*
link: enlace*
accessible: accesible*, alcanzable*
strategy decided: estrategia de backup definida, estrategia de respaldo definida
asynchronous tasks: tareas asíncronas, tareas asincronas
unnecessary: innecesario*, innecesaria*
closed: cerrado, cerrados, cerrada, cerradas
ssh keys only: ssh solo con clave
security updates: actualizaciones de seguridad, actualización de seguridad
disaster recovery: recuperación ante desastres
file upload: subida de archivos, carga de archivos, subida de ficheros
sql injection: inyección sql, inyecciones sql
availability: disponibilidad
format: formato
delete account: eliminación de cuenta, eliminar cuenta, borrado de cuenta
data export: exportación de datos, exportar datos
container: contenedor*
healthy: saludable*
key: clave, claves
repository: repositorio, repositorios
identified: identificad*
hardcoded: hardcodead*
brute force: fuerza bruta
uptime monitoring: monitoreo de disponibilidad, monitorización de disponibilidad
cookie banner: aviso de cookies, banner de cookies
port: puerto, puertos
open: abierto, abiertos, abierta, abiertas
custom: personalizada, personalizadas, personalizado, personalizados
graceful shutdown: apagado ordenado, apagado controlado, cierre ordenado
rotated: rotado, rotados
the: protección
log level: nivel info, nivel de log, nivel de logs, nivel de registro
typescript compilation succeeds: typescript compila
migration: migracion*
load time: tiempo de carga
visit: abrir, visitar
available: disponible*
applied: ejecutar*, ejecuta, correr
order: orden
isolation: aislamiento
tenant: empresa, empresas, inquilino*
strategy: estrategia*
least: al menos
month: mes, mensual
rollback plan: plan de reversión
restore tested: restore probado, restauración probada
policy: política*, politica*
error rate: tasa de errores, tasa de error
cpu usage: uso de cpu, uso del cpu, consumo de cpu, carga de cpu
memory usage: uso de memoria, uso de la memoria, consumo de memoria, uso de ram
usage: uso, consumo
the: menor, mayor, menos, inferior, superior, aceptable*, correctamente, adecuad*, necesari*, ni, del, lo, le, les, han, ha, hacia, desde, hasta, antes, después
monitor: monitorear, vigilar, monitorizar
branch: rama, ramas
pushed: subido, subida, subidos, pusheado
merged: fusionad*, mergead*
in code: en el código
no: ningún, ninguna, sin, no hay
login attempt: intentos de inicio de sesión, intentos de login, intentos de acceso, intentos fallidos
rate limit: límite de intentos
secure: segura, seguras, seguro, seguros
website: sitio, sitio web, página web
loads: carga correctamente, carga, abre
health endpoint: endpoint de salud
health: salud
default password: contraseñas por defecto, contraseña por defecto, contraseñas predeterminadas
daily backup: copias de seguridad diarias, copia de seguridad diaria, respaldo diario, respaldos diarios
test restore: probar la restauración, probar restauración, prueba de restauración, restauración probada
rollback test: prueba de rollback
tested: probado, probada, probadas, prueba realizada
restart: reinici*
upload size limit: límite de tamaño de archivo, tamaño máximo de archivo, límite de subida
database user: usuario de base de datos, usuario de la base de datos
least privilege: permisos mínimos, privilegios mínimos, mínimos privilegios, mínimo privilegio
memory: memoria
disk: disco
sensitive: sensible*
running: corriendo, en marcha
signup: registro de usuarios, registro de usuario
database: base de datos, bases de datos, bd, bbdd
connection: conexi*, conect*, accesible*, acceso, accesos
connection pool: pool de conexiones
offsite: fuera del servidor, fuera del sitio, ubicación externa
backup: respaldo*, copia de seguridad, copias de seguridad, backup*
restore: restaurar, restauración, restaurado, restaurada, recupera*
rollback: reversión, revertir, rollback*
password: contraseña*, clave de acceso
secret: secreto*, credencial*, clave secreta, claves secretas, claves api, clave api, claves
strong: fuerte, fuertes, aleatori*, robust*
certificate: certificado*
valid: válid*, vigente*
expiry: expira*, vence*, vencimiento, renova*, caduc*
encrypted: encripta*, cifra*
redirect: redirec*, redirig*
force: forzad*, forzar, obligatori*
security header: cabeceras de seguridad, encabezados de seguridad, headers de seguridad, cabecera de seguridad
security: seguridad
header: cabecera*, encabezado*
environment variable: variables de entorno, variable de entorno
environment: entorno*
error page: página de error, páginas de error, página 404, páginas 404
error: errores, fallo, fallos
page: página*
home page: página de inicio, página principal
load: carga*
link: enlace*, navegación
broken link: enlaces rotos, enlace roto
all: todo, todos, toda, todas
test: prueba, pruebas
pass: pasa, pasan, pasando, pasado, exitos*, verde*
test email: correo de prueba, correos de prueba, email de prueba, e-mail de prueba, mail de prueba
arrives: llega, llegan, llegó
inbox: bandeja de entrada
type check: verificación de tipos, comprobación de tipos, errores de tipo, errores de tipos, error de tipo
fixed: corregid*, solucionad*
unit test: pruebas unitarias, tests unitarios
integration test: pruebas de integración, tests de integración
load test: pruebas de carga, prueba de carga, test de carga
migration: migracion*, migración
applied: aplicad*, ejecutad*
index: índice*
foreign key: clave foránea, claves foráneas, llave foránea, llaves foráneas
slow query: consultas lentas, consulta lenta
query: consulta*
rate limit: límite de peticiones, limitación de velocidad, limitación de tasa, límite de solicitudes
limit: límite*, limita*
login: inicio de sesión, iniciar sesión
authentication: autenticaci*
authorization: autorizaci*, permisos, roles
protected: protegid*
cache: caché, cache*
static files: archivos estáticos, recursos estáticos, ficheros estáticos
compression: compresión, comprim*
log: registro*, bitácora*, logs, log
monitoring: monitore*, monitoriza*, supervisi*
alert: alerta*
health check: comprobación de salud, verificación de salud, chequeo de salud
background job: tareas en segundo plano, trabajos en segundo plano
cron job: tareas programadas, tarea programada
queue: cola, colas
signature: firma*
payment: pago*
dependency: dependencia*
repository: repositorio*
build: compila*, build*
deploy: desplieg*, despleg*, despliegue*
document: documenta*
plan: plan, planes
procedure: procedimiento*
team: equipo*, cliente*
train: capacita*, formación, entrena*
legal: legal*, términos
privacy: privacidad
firewall: cortafuegos, firewall*
domain: dominio*
email: correo*, email*
user: usuario*
data: dato*
data integrity: integridad de datos, integridad de los datos, consistencia de datos
sensitive data: datos sensibles
disabled: desactiva*, deshabilita*
enabled: activ*, habilita*
configured: configura*, definid*, establecid*
verify: verifica*, comproba*, revisa*, valida*, asegurar
works: funciona*, operativ*
implemented: implementad*, realizad*
created: creado, creada, creados, creadas, crear
installed: instala*
updated: actualiza*
tested: probad*
exposed: expuest*
optimize: optimiz*
only: solo, únicamente, solamente
used: usad*, utiliza*
automatic: automátic*
daily: diari*
response time: tiempo de respuesta, tiempos de respuesta
search engines: motores de búsqueda, buscadores
the: el, la, los, las, un, una, unos, unas, de, del, y, o, es, son, para, con, sin, sobre, en, por, al, a, no, se, su, sus, que, si, este, esta, estos, estas, ser, está, están, debe, deben, como, más, cada, entre, hay, listo, lista
in code: en el código, en código, en el codigo, en el repositorio
changed: cambiad*, reemplazad*, modificad*
rate limit: limitación de peticiones, limitación de solicitudes, límite de peticiones, limitación de tasa
authentication: autenticación, autentificación
private: privad*, protegid*
route: rutas, ruta
points to: apuntando a, apuntando al, apunta a, apunta al
restore: restauración de copias, restauración de backups, restauración
vulnerability: vulnerabilidad*
log rotation: rotación de logs, rotación de registros
disk space: espacio en disco, espacio de disco
enough: suficiente*
running: en ejecución, ejecutándose, corriendo
default: por defecto
structured: estructurad*
production: producción, productivo, productiva
the: entorno, entornos, correcto, correcta, correctos, correctas, requiere, requieren, requerido, requerida, requeridos, requeridas, existente, existentes, nuevo, nueva, nuevos, nuevas, realizado, realizada, realizados, realizadas, completado, completada, completados, completadas, completo, completa, disponible, disponibles, durante, mediante, ya, también, solo, número, todas las, todos los, exitoso, exitosa, exitosamente, sistema, servicio, servicios, aplicación, aplicaciones, proyecto, usuario, usuarios, cliente, clientes, automático, automática, automáticos, automáticas, automáticamente, corregido, corregida, corregidos, corregidas, instalado, instalada, instalados, instaladas, implementado, implementada, implementados, implementadas, código
test: pruebas, prueba, probado, probada, probados, probadas
rejected: rechaza*, bloquea*
removed: elimina*, borra*, quita*
public: público, pública, públicos, públicas
monitoring: monitorización, monitorizar, monitoriza*, supervisión
body: cuerpo
limit: limitar, limita*, limitado, limitada
consent: consentimiento
load: carga, cargan, cargar
not load: no cargan, no carga
domain: dominio, dominios
redirect: redirección, redirecciones, redirige*
duplicate: duplicado, duplicados, duplicidad*
broken link: enlaces rotos, enlace roto
dependency: dependencias, dependencia
upload: subida, subidas, subir
file: archivo, archivos, fichero, ficheros
request: petición, peticiones, solicitud, solicitudes
alert: alertar, avisar, avisos
server: servidor, servidores
the: confirmar, aplicar, compartido, compartida, definitivo, definitiva, adicional, permitir, sustituir, completar, disponibles, real, reales, según, ante, sobre, establecer, futuro, añadir, añade, más de, hay, ajustar
legal notice: aviso legal
terms: términos, condiciones
git history: historial de git, historial git, historial de commits
accessibility: accesibilidad
passwords hashed: contraseñas cifradas, contraseñas hasheadas, contraseñas encriptadas, hash de contraseñas
`;
