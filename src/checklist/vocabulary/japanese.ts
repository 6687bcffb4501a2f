/** Japanese as launch checklists use it, by the English words; the longest that fits is taken. */
export const JAPANESE = `
test account: テストアカウント, テストユーザー
fires: 飛ぶ, 発報, 届く
close: 閉じ, 閉じている
unnecessary: 不要な
broken layout: 崩れ, 崩れない, レイアウト崩れ
mail arrives: メールが届く
the: 情報, とき, 場合, 際
hardcoded: 直接記述, 直接記載
cannot access other users data: 他のユーザーのデータにアクセスできない, 他ユーザーのデータにアクセスできない, 他人のデータにアクセスできない
tag: タグ
source map: ソースマップ
attribute: 属性
terms of service: 利用規約ページ
injection: インジェクション
only: のみ
number: 番
production payment: 本番決済
file size limit: アップロードのファイルサイズ制限
force https: 常時
the: 化, のみ開放
open: 開放
always https: 常時ssl化, 常時ssl
the: されているか, しているか, なっているか, できているか, あるか, ないか, か確認, を確認, の確認, されていること, していること, であること, がある, がない, になっている, 取得, 十分に, 実施, 実施確認済み
long: 長い
random: ランダム, ランダムな
string: 文字列
strong: 十分に長い
tested: 検証した, 検証済み, テスト済み, テストした, 実施確認済み, 確認済み, 試験済み
crash: クラッシュ, クラッシュ時, 異常終了, 異常終了時
restarts automatically: 自動再起動, 自動再起動する, 自動で再起動
live payment: 本番決済
production: 本番用, 商用環境
meta tags: メタタグ, metaタグ, メタ情報
meta description: メタディスクリプション, ディスクリプション, meta description
title: タイトル, タイトルタグ, titleタグ
og image: ogp画像, og画像, ogイメージ
open graph: ogp, ogp設定, ogpタグ
custom: カスタム
404 page: 404ページ, カスタム404ページ, 404エラーページ
cookie banner: cookie同意バナー, クッキー同意バナー, cookieバナー, クッキーバナー
consent: 同意
banner: バナー
all tests pass: テストがすべて成功, 全テストが成功, すべてのテストが成功, テストがすべて通る, 全テストがパス, すべてのテストがパス
disk space: ディスクの空き容量, 空き容量, ディスクの容量
capacity: 容量
hashed: ハッシュ化, ハッシュ
passwords hashed: パスワードをハッシュ化, パスワードのハッシュ化, パスワードはハッシュ化
protection: 対策, 防止, 保護対策
sql injection: sqlインジェクション, sqlインジェクション対策
xss: クロスサイトスクリプティング, xss対策
csrf: csrf対策, csrfトークン
upload: アップロード, アップロードできる
file upload works: ファイルアップロードの動作確認, ファイルアップロードが動作
image upload works: 画像をアップロードできる, 画像アップロードが動作
decided: 決定, 策定
personal data: 個人情報
in git: git管理, gitに
sitemap: サイトマップ, xmlサイトマップ
contact form: お問い合わせフォーム, 問い合わせフォーム
form: フォーム
mail sent: メール送信, メールが届く, メールが送信される
send: 送信
register: 新規登録, 会員登録
logout: ログアウト
mobile view: スマホ表示, モバイル表示
responsive: レスポンシブ, レスポンシブ対応, レスポンシブデザイン
search: 検索
button: ボタン
browser: ブラウザ
performance: パフォーマンス, 性能
network: ネットワーク
container: コンテナ
version: バージョン
branch: ブランチ
schema: スキーマ
column: カラム
seed: シード, 初期データ
favicon: ファビコン
analytics: アナリティクス, アクセス解析
bcrypt: bcrypt
error monitoring: エラー監視, エラー検知, エラー通知
policy: 方針, ポリシー
smoke test: スモークテスト
the: 最低限, できる, 可能な, 範囲, 主要, 主要導線, 実施する, 揃っている, 決めた, 用意した, 整って
memory: メモリ, メモリー
memory usage: メモリ使用率, メモリ使用量
cpu usage: cpu使用率, cpu負荷
usage: 使用率, 使用量, 利用率
disk: ディスク
disk space: ディスク容量, ディスク空き容量, 空き容量, ストレージ容量, ディスクの空き
enough: 余裕, 十分, 足りる
error rate: エラー率, エラー発生率
error: エラー, 不具合
response time: レスポンスタイム, 応答時間, 応答速度, レイテンシ, レイテンシー
load time: 表示速度, 読み込み速度, ページ速度
the: へ, から, まで, より, や, か, ば, ら, れ, た, て, だ, な, ない, 以下, 以上, 未満, 以内, こと, もの, ため, など, および, または, また, ように, として, による, における, について, に対する, ある, あり, いる, いない, なし, ありません, ません, ました, ておく, しておく, される, できる, できること, なっている, 用, 用の, 済み, 済, 的, 時, 後, 前, 中, 内, 上, 各, 全, 不要な, 不要, 必要な, かける, とる, おこなう, 行う, 実施, 対応, 準備, 用意, 全体, 正しく, 適切に, 適切, 問題, 問題なく
not: されていない, していない, ていない, 含まれていない, 出力されていない, 残っていない, 漏れていない
contain: 含まれて, 含む, 出力, 残って
passes: 通る, 通過, パス, 成功する, グリーン, 通って, パスする
all tests pass: 全テスト通過, テストが全て通る, テストがすべて通る
tests: テスト, 自動テスト, テストコード
lint error: lintエラー
multi-stage build: マルチステージビルド, マルチステージ
type check: 型チェック, 型エラー
typescript compilation: typescriptコンパイル, typescriptのコンパイル
remove: 削除, 除去, 消す
debug code: デバッグコード, デバッグ用コード, デバッグログ
debug mode: デバッグモード
api key: apiキー, キー, アクセスキー, 鍵
secret: シークレット, 秘密鍵, 機密情報, 秘密情報
repository: リポジトリ, ソースコード, git
in code: コード内, ソースコード内, コードに
hardcoded: ハードコード, 直書き, べた書き
environment variable: 環境変数
default password: 初期パスワード, デフォルトパスワード, デフォルトのパスワード
admin panel: 管理画面, 管理ページ, 管理者画面
access restricted: アクセス制限
protected: アクセス制限, 認証必須, 保護
access: アクセス
personal data: 個人情報, 個人データ
sensitive data: 機密データ
certificate: 証明書, ssl証明書, サーバー証明書
renewal: 自動更新
certificate renewal: 証明書の自動更新, 証明書更新, ssl証明書の更新
expiry: 有効期限, 期限切れ, 期限
valid: 有効
redirect: リダイレクト, 転送
force https: 常時ssl化, 常時ssl, https化, 常時https
rate limit: レート制限, レートリミット, リクエスト制限, スロットリング
login attempt: ログイン試行回数, ログイン試行, ログイン失敗回数
security header: セキュリティヘッダー, セキュリティヘッダ, セキュリティ関連ヘッダー
home page: トップページ, ホーム画面, ホームページ, トップ画面
loads: 表示される, 表示, 表示できる, 開く, アクセスできる, 閲覧できる
page: ページ, 画面
broken link: リンク切れ
404 page: 404ページ
error page: エラーページ, エラー画面
health check: ヘルスチェック
returns: 返す, 返却, 返る, 応答する
running: 稼働, 稼働している, 起動, 起動している, 動いている
works: 動作, 動作する, 動作している, 動く, 正常, 正常に, 機能する
worker: ワーカー, ワーカープロセス
cron job: cronジョブ, 定期バッチ, バッチ処理, 定期実行, バッチ
job: ジョブ
queue: キュー, ジョブキュー
backlog: 滞留, 溜まって, 詰まって
backup: バックアップ
automated backup: 自動バックアップ, 定期バックアップ, 日次バックアップ, 毎日のバックアップ
restore: リストア, 復元, 復旧
restore test: リストア確認, リストアテスト, 復元テスト, 復旧テスト, リストアを確認, 復元できることを確認
rollback: ロールバック, 切り戻し
test rollback: ロールバックテスト, ロールバック手順をテスト, 切り戻しテスト, 切り戻しのリハーサル
document: 手順書, ドキュメント, マニュアル, 仕様書, 資料
procedure: 手順
notify: 周知, 連絡, 共有, 告知
stakeholder: 関係者, 担当者
terms: 利用規約, 規約
privacy policy: プライバシーポリシー, 個人情報保護方針
published: 掲載, 公開
index: インデックス
add: 追加, 付与
slow query: スロークエリ
connection pool: コネクションプール, 接続プール
migration: マイグレーション
applied: 適用, 実行, 実行済み, 適用済み
least privilege: 最小権限, 必要最小限の権限
database user: dbユーザー, データベースユーザー, dbユーザ
database: db, データベース
monitor: 監視, 監視する, モニタリング
alert: アラート, アラート通知
uptime monitoring: 死活監視, 外形監視
log: ログ
log level: ログレベル
log rotation: ログローテーション, ログのローテーション
structured log: 構造化ログ
compression: 圧縮, gzip圧縮
cache: キャッシュ
static file: 静的ファイル, 静的アセット
firewall: ファイアウォール
security group: セキュリティグループ
port: ポート
upload size limit: アップロードサイズ制限, ファイルサイズ制限, アップロード容量制限
webhook signature: webhook署名, 署名検証
payment: 決済, 支払い
domain: ドメイン, 独自ドメイン
dns: 名前解決, dns設定
search indexing: インデックス登録, 検索エンジン
cookie: クッキー
deploy: デプロイ, リリース, 本番反映
build: ビルド
dependency: 依存パッケージ, 依存ライブラリ, ライブラリ, パッケージ
updated: 最新, アップデート
vulnerability: 脆弱性
branch: ブランチ
merged: マージ, マージ済み
pushed: プッシュ, プッシュ済み
committed: コミット, コミット済み
graceful shutdown: グレースフルシャットダウン
restart: 再起動, 自動再起動
user: ユーザー, ユーザ, 利用者
signup: 新規登録, 会員登録, ユーザー登録
confirm: 確認, 確認済み, 確認する, 検証, チェック
configured: 設定, 設定済み, 設定する, 設定されている, 導入, 構築
enabled: 有効化, 有効にする, オン
disabled: 無効化, 無効にする, オフ
changed: 変更, 変更済み
created: 作成, 作成済み
the: 用意, 正常, 正しく, 正しい, 自動, システム, サービス, アプリ, アプリケーション, プロジェクト, ユーザー, 新しい, 利用可能, 追加, 必要, 必要な, すべて, 全て, 済み, 含まれていない
error page: 404ページ, 500ページ, エラーページ
`;
