/** Chinese, Japanese, Korean, Vietnamese and Indonesian, by the English words. Without blanks, the longest fits. */
export const ASIAN = `
database: 数据库, 資料庫, データベース, 데이터베이스, cơ sở dữ liệu, basis data
connection: 连接, 連線, 接続, 연결, kết nối, koneksi, 可连接
connection pool: 连接池, 連線池, コネクションプール, 接続プール, 커넥션 풀
offsite: 异地, 異地, オフサイト, 遠隔地
backup: 备份, 備份, バックアップ, 백업, sao lưu, cadangan
restore: 恢复, 还原, 復原, 復元, リストア, 복구, 복원, khôi phục, pemulihan
rollback: 回滚, 回退, 回滾, ロールバック, 롤백
password: 密码, 密碼, 口令, パスワード, 비밀번호, mật khẩu, kata sandi
secret: 密钥, 金鑰, 凭据, 憑證資料, 機密, シークレット, 認証情報, 시크릿, 비밀 키, khóa bí mật, rahasia, kredensial
strong: 强, 強, 随机, 強力, 安全なランダム, 강력한, 무작위, mạnh, kuat, acak
certificate: 证书, 憑證, 証明書, 인증서, chứng chỉ, sertifikat
expiry: 到期, 过期, 期限, 有効期限, 更新期限, 만료, 갱신, hết hạn, kedaluwarsa
encrypted: 加密, 暗号化, 암호화, mã hóa, enkripsi
redirect: 重定向, 跳转, 重新導向, 轉址, リダイレクト, 리다이렉트, 리디렉션, chuyển hướng, pengalihan, dialihkan
force: 强制, 強制, 강제, bắt buộc, paksa, dipaksa
security header: 安全头, 安全响应头, 安全標頭, セキュリティヘッダー, セキュリティヘッダ, 보안 헤더, tiêu đề bảo mật, header keamanan
security: 安全, 安全性, セキュリティ, 보안, bảo mật, keamanan
environment variable: 环境变量, 環境變數, 環境変数, 환경변수, 환경 변수, biến môi trường, variabel lingkungan, variabel environment
environment: 环境, 環境, 환경, môi trường, lingkungan
error page: 错误页面, 错误页, 錯誤頁面, エラーページ, 에러 페이지, 오류 페이지, trang lỗi, halaman error
error message: 错误信息, エラーメッセージ
error: 错误, 错误率, 錯誤, エラー, 에러, 오류, lỗi, kesalahan
page: 页面, 頁面, ページ, 페이지, trang, halaman
home page: 首页, 首頁, トップページ, ホームページ, 홈페이지, 메인 페이지, trang chủ, beranda
load: 加载, 載入, 访问, 存取, 読み込み, 表示, 로드, 접속, tải, memuat
accessible: 可访问, 正常访问, 可存取, アクセス可能, 접근 가능
broken link: 死链, 失效链接, 無效連結, リンク切れ, 깨진 링크, liên kết hỏng, tautan rusak
all: 所有, 全部, すべて, 全て, 모든, tất cả, semua
test: 测试, 測試, テスト, 테스트, kiểm thử, pengujian, tes
pass: 通过, 通過, 成功, 合格, 통과, 성공, đạt, lulus, berhasil
unit test: 单元测试, 單元測試, ユニットテスト, 単体テスト, 단위 테스트, 유닛 테스트
integration test: 集成测试, 整合測試, 結合テスト, 統合テスト, 통합 테스트
load test: 压力测试, 负载测试, 壓力測試, 負載測試, 性能测试, 負荷テスト, 부하 테스트, kiểm thử tải, uji beban
migration script: 迁移脚本, マイグレーションスクリプト
migration: 迁移, 遷移, マイグレーション, 마이그레이션, di chuyển dữ liệu, migrasi
applied: 应用, 执行, 套用, 適用, 実行, 적용, 실행, áp dụng, diterapkan
index: 索引, インデックス, 인덱스, chỉ mục, indeks
foreign key: 外键, 外鍵, 外部キー, 외래 키, 외래키, khóa ngoại
slow query: 慢查询, 慢查詢, 查询优化, 查询性能, スロークエリ, 느린 쿼리, 슬로우 쿼리, truy vấn chậm
query: 查询, 查詢, クエリ, 쿼리, truy vấn, kueri
rate limit: 限流, 速率限制, 频率限制, 请求限制, 流量限制, レート制限, レートリミット, 속도 제한, 요청 제한, giới hạn tốc độ, pembatasan laju
limit: 限制, 上限, 制限, 제한, giới hạn, batas
login: 登录, 登入, ログイン, 로그인, đăng nhập, masuk
authentication: 认证, 身份验证, 認證, 驗證身分, 認証, 인증, xác thực, autentikasi
authorization: 授权, 权限, 權限, 認可, 権限, 권한, phân quyền, otorisasi
cache: 缓存, 快取, キャッシュ, 캐시, bộ nhớ đệm
static files: 静态文件, 静态资源, 靜態檔案, 靜態資源, 静的ファイル, 정적 파일, tệp tĩnh, file statis
compression: 压缩, 壓縮, 圧縮, 압축, nén, kompresi
log: 日志, 日誌, ログ, 로그, nhật ký, log
log rotation: 日志轮转, ログローテーション
monitoring: 监控, 監控, 監視, モニタリング, 모니터링, giám sát, pemantauan
alert: 告警, 报警, 警报, 告警通知, アラート, 通知, 알림, 경고, cảnh báo, peringatan
health check: 健康检查, 健康檢查, ヘルスチェック, 헬스체크, 헬스 체크, 상태 확인, kiểm tra sức khỏe, pemeriksaan kesehatan
background job: 后台任务, 异步任务, 背景任務, 背景作業, バックグラウンドジョブ, 非同期ジョブ, 백그라운드 작업, tác vụ nền, pekerjaan latar belakang
cron job: 定时任务, 计划任务, 排程任務, 定期実行, スケジュールタスク, 스케줄러, 예약 작업, tác vụ định kỳ, tugas terjadwal
queue: 队列, 佇列, キュー, 큐, 대기열, hàng đợi, antrean
signature: 签名, 簽章, 署名, 서명, chữ ký, tanda tangan
payment: 支付, 付款, 決済, 支払い, 결제, thanh toán, pembayaran
dependency: 依赖, 相依套件, 依存関係, 依存パッケージ, 의존성, phụ thuộc, dependensi
repository: 代码仓库, 仓库, リポジトリ, 저장소, 레포지토리
commit: 提交, コミット, 커밋
push: 推送, プッシュ, 푸시
code: 代码, 程式碼, コード, 코드, mã nguồn
build: 构建, 建置, ビルド, 빌드
frontend: 前端, フロントエンド, 프론트엔드
backend: 后端, 後端, バックエンド, 백엔드
deploy: 部署, デプロイ, 배포, triển khai, penerapan
document: 文档, 文件說明, ドキュメント, 문서, tài liệu, dokumentasi
plan: 方案, 计划, 計畫, 計画, 계획, kế hoạch, rencana
team: 团队, 客户, 團隊, チーム, 팀, nhóm, tim
train: 培训, 訓練, 研修, 교육, đào tạo, pelatihan
privacy: 隐私, 隱私, プライバシー, 개인정보, riêng tư, privasi
firewall: 防火墙, 防火牆, ファイアウォール, 방화벽, tường lửa
port: 端口, 連接埠, ポート, 포트, cổng
domain: 域名, 網域, ドメイン, 도메인, tên miền
email: 邮件, 邮箱, 電子郵件, メール, 이메일, 메일, thư điện tử, surel
user: 用户, 使用者, ユーザー, 사용자, người dùng, pengguna
role: 角色, ロール, 역할
data: 数据, 資料, データ, 데이터, dữ liệu, data
data integrity: 数据完整性, 数据一致性, 資料完整性, データ整合性, 데이터 무결성, toàn vẹn dữ liệu, integritas data
default: 默认, 預設, デフォルト, 기본값, 기본, mặc định, bawaan
changed: 更改, 修改, 变更, 変更, 변경, thay đổi, diubah
debug: 调试, 除錯, デバッグ, 디버그, gỡ lỗi
disabled: 关闭, 禁用, 停用, 無効, 비활성화, tắt, dinonaktifkan, nonaktif
enabled: 启用, 开启, 啟用, 有効, 활성화, bật, diaktifkan, aktif
configured: 配置, 设置, 設定, 설정, cấu hình, konfigurasi, dikonfigurasi, 生效
verify: 验证, 检查, 确认, 確認, 驗證, 檢查, 検証, 확인, 점검, kiểm tra, xác minh, verifikasi, periksa, 确保, 考虑, 确定
works: 正常, 正常工作, 正常运行, 運作正常, 動作, 작동, 정상, hoạt động, berfungsi, berjalan
created: 创建, 建立, 作成, 생성, tạo, dibuat, 已创建, 初始化
completed: 完成, 已完成, 完了, 완료, hoàn thành, selesai, 已修复, 修复
updated: 更新, アップデート, 업데이트, cập nhật, diperbarui, 定期, 最新
installed: 安装, 安裝, インストール, 설치, cài đặt, terpasang
table: 表, テーブル, 테이블, bảng, tabel
strong password: 强密码, 強密碼, 強力なパスワード, 강력한 비밀번호
not: 不, 未, 无, 無, 没有
optimize: 优化, 最佳化, 最適化, 최적화, tối ưu, dioptimalkan
response time: 响应时间, 回應時間, レスポンスタイム, 応答時間, 응답 시간, thời gian phản hồi, waktu respons
restart: 重启, 重新啟動, 再起動, 재시작, khởi động lại
production: 生产, 生产环境, 正式環境, 本番, 本番環境, 프로덕션, 운영 환경, sản xuất, produksi
and: 和, 与, 及, 或, と, や, 및, 와, 과, và, dan, 的, 了, 已, 是, 在, の, は, が, を, に, で, も, する, した, されている, している, です, ます, 을, 를, 이, 가, 은, 는, 에, 의, 로, 되어, 됨, 하기, yang, untuk, dengan, di, ke, dari, pada, của, cho, với, được, là, đã, 使用, 进行, 所需, 必需, 必要
`;
