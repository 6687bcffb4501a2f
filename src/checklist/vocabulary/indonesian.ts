/** Indonesian and Malay, by the English words; "*" stands for any ending. */
export const INDONESIAN = `
live mode: mode live
use: menggunakan, pakai, memakai, gunakan
the: sudah, telah, dengan, dapat, bisa, ada, yang, atau, para, oleh, agar, saat, ketika, jika, untuk, dari, ke, di, pada, dalam, ini, itu, akan, harus, perlu, masih, juga, serta, melalui, setelah, sebelum, lalu, kemudian, secara, benar, baik, lancar, semua, seluruh, setiap, tiap, masing, hanya, saja, sesuai, tersebut, tanpa masalah, antara, menggunakan, memiliki, dilakukan, pastikan
no: tidak, tidak ada, tanpa, bukan, belum, jangan, bebas
set: diset, diatur, atur, mengatur, disetel, pengaturan, setel, diisi, isi
configured: disiapkan, siapkan, konfigurasikan, disetup, dipasang, ditentukan, terkonfigurasi
automatic: otomatis
daily: harian, setiap hari, tiap hari
scheduled: terjadwal, dijadwalkan, jadwal
tested: diuji, dites, teruji, uji coba, dicoba, diujikan
test: uji, ujian
run: jalankan, dijalankan, menjalankan, berjalan
works: berfungsi, bekerja, bekerja dengan baik, berjalan dengan baik, berjalan lancar
running: berjalan
changed: diganti, ganti, diubah, ubah, mengganti
allow: izinkan, mengizinkan
allowed: diizinkan
limited: dibatasi, terbatas
rate limit: pembatasan permintaan, batas permintaan, pembatasan request, limit request
applied: diterapkan, terapkan
code: kode
source code: kode sumber
in code: di kode, dalam kode
return: mengembalikan
responds: merespons, merespon, menjawab
after: setelah
log rotation: rotasi log
rotation: rotasi
sensitive data: data sensitif, informasi sensitif
personal data: data pribadi
sensitive: sensitif
log level: level log
error tracking: pelacakan error, pelacakan kesalahan, pemantauan error
tracking: pelacakan
notification: notifikasi, pemberitahuan
points to: mengarah, mengarah ke, diarahkan, diarahkan ke
correct: benar
protected: dilindungi, terlindungi, terproteksi
require: memerlukan, membutuhkan, wajib
verified: diverifikasi, terverifikasi, dicek, cek, diperiksa, dikonfirmasi
file size limit: batas ukuran file, batas ukuran file upload, ukuran file maksimal, maksimal ukuran file
size: ukuran
home page: halaman utama, halaman beranda, halaman depan
loads: terbuka, dibuka, dimuat, tampil, muncul, ditampilkan, memuat
accessible: diakses, dapat diakses, bisa diakses
access: akses
broken link: link rusak, tautan rusak, link mati
link: tautan
custom: kustom, khusus
404 page: halaman 404
privacy policy: kebijakan privasi
terms: syarat dan ketentuan, syarat & ketentuan, ketentuan layanan
published: dipublikasikan, diterbitkan
available: tersedia
less than: kurang dari, di bawah
second: detik
minute: menit
vulnerability: kerentanan, celah keamanan
without errors: tanpa error, tanpa kesalahan
open: terbuka
only: hanya
enough: cukup, memadai
disk space: ruang disk, ruang penyimpanan, kapasitas disk
usage: penggunaan, pemakaian
memory: memori
memory usage: penggunaan memori, memori normal
protection: perlindungan, proteksi
changes: perubahan
connected: terhubung, tersambung
connection: koneksi
image: gambar, foto
upload: unggah, diunggah, mengunggah, terunggah
image uploads work: gambar dapat diunggah, gambar bisa diunggah
session: sesi
strategy: strategi
decide: ditentukan, menentukan, putuskan
documented: didokumentasikan, dokumentasi
updated: diperbarui, terbaru, update
team: tim
inform: diberi tahu, beritahu, diinformasikan
approve: menyetujui, disetujui, persetujuan
stakeholder: pemangku kepentingan
marketing: pemasaran
campaign: kampanye
title: judul
description: deskripsi
page: halaman
form: formulir
button: tombol
search: pencarian
user: pengguna
register: pendaftaran, daftar, mendaftar, registrasi
login: masuk log, login
admin: admin
payment: pembayaran
email: surel
sent: terkirim, dikirim, mengirim
remove: hapus, dihapus, menghapus
installed: terpasang, terinstal, diinstal, diinstall
valid: valid, berlaku
expire: kedaluwarsa, kadaluarsa, kedaluarsa
automatic renewal: perpanjangan otomatis, pembaruan otomatis
performance: performa, kinerja
response time: waktu respons, waktu respon
load time: waktu muat, waktu loading, kecepatan halaman, kecepatan muat
speed: kecepatan
table: tabel
successful: berhasil, sukses
pass: lulus, lolos
test email: email percobaan, email uji, email uji coba, email tes
received: diterima
inbox: kotak masuk
monitored: dipantau, terpantau, pantau
alert: peringatan
server: peladen
network: jaringan
firewall: tembok api
closed: ditutup, tertutup
rollback plan: rencana rollback
procedure: prosedur
drill: simulasi
responsive: responsif
view: tampilan
mobile: ponsel, seluler
browser: peramban
`;
