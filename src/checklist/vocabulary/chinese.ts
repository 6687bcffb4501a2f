/** Chinese as launch checklists use it, by the English words; the longest that fits is taken. */
export const CHINESE = `
test account: 测试账号, 测试账户, 测试帐号, 测试用户
connects: 连上, 能连上, 能连接, 可连通
written: 写入, 正常写入
crash: 挂了, 服务挂了
restarts automatically: 自动拉起, 自动恢复
only port: 只放行
firewall enabled: 防火墙已开启, 开启防火墙
verification code: 验证码, 短信验证码
pipeline: 流水线
flow: 走通, 跑通
on mobile: 手机上, 在手机上
sensitive config: 敏感配置
attribute: 属性
source map: 源码映射
required environment variables: 必需环境变量, 必需的环境变量, 必要的环境变量, 必填环境变量
responsible: 负责人, 责任人, 值班人员, 值班
purchase: 购买, 采购
link: 链接
in frontend code: 前端代码中, 前端代码
injection: 注入
strategy: 策略
cannot access other users data: 无法访问其他用户的数据, 不能访问其他用户的数据, 无法访问其他用户数据, 不能访问他人数据, 无法访问他人数据
tag: 标签
high: 高危
security headers configured: 安全头部设置完成, 安全头设置完成
column: 字段
index created: 建立索引, 字段已建立索引
keywords: 关键词
file size limit: 上传文件大小限制, 上传文件大小, 文件大小限制
dedicated database user: 专用数据库用户, 专用数据库账号, 独立数据库用户, 专用数据库账户
build success: 构建成功, 打包成功, 编译成功
succeeds: 成功
responds: 响应正常, 返回正常, 应答正常
accessible: 可访问, 可以访问, 正常访问, 能访问, 可正常访问, 能正常访问, 访问正常
resource usage normal: 资源使用正常, 资源占用正常
the: 信息
optional: 可选, 可选项, 选填
page: 案例页, 详情页, 列表页, 落地页, 关于页, 页
page refresh: 页面刷新, 刷新页面, 刷新
address: 地址
api address: api地址, api 地址, 接口地址
returns: 返回
security header: 安全头部, 安全头, 安全响应头, 安全标头
cors: 跨域, 跨域配置, 跨域请求, 跨域访问, 跨域设置
column: 字段, 列
crash: 崩溃, 宕机, 挂掉, 异常退出
restart automatically: 自动重启, 自动恢复
restarts automatically after crash: 崩溃后自动重启, 崩溃自动重启
configured: 接入, 已接入, 对接, 集成, 已集成, 制作, 切换, 切换到, 完善
dns record: dns 记录, 记录解析, a 记录, a记录, cname 记录
live mode: 正式环境支付, 生产模式
custom: 自定义
404 page: 404页面, 404 页面, 404页, 404 页
title: 标题, 页面标题, 网站标题, 网页标题
description: 描述, 页面描述, 网站描述
meta tags: meta标签, meta 标签, 元标签
open graph: 社交分享, 分享图
cookie banner: cookie 同意横幅, cookie同意横幅, cookie 横幅, cookie弹窗, cookie 弹窗, cookie 提示
consent: 同意, 授权同意
banner: 横幅, 弹窗
background worker: 后台任务进程, 后台进程, 工作进程, worker进程
process: 进程
protection: 防护, 防御, 防范, 防止, 预防
sql injection: sql注入, sql 注入, 防sql注入, 防止sql注入, 注入攻击
xss: xss攻击, xss 攻击
csrf: csrf攻击, csrf 攻击, csrf防护
row level security: 行级安全, 行级安全策略, 行级权限
rls enabled on tables: 已启用行级安全
uploads work: 文件上传功能正常, 图片上传正常, 文件上传正常
file upload: 文件上传
image upload: 图片上传
upload: 上传, 上传功能
decided: 制定, 已制定
passwords hashed: 密码使用bcrypt加密, 密码加密存储, 密码已加密, 密码哈希存储
function: 功能
backend: 后台
admin page: 管理后台, 后台管理, 管理员后台, 管理端
mini program: 小程序
contact us: 联系我们
product: 商品, 产品
order: 订单
search: 搜索
button: 按钮
navigation: 导航, 菜单
mobile: 手机端, 移动端, 手机
responsive: 响应式, 自适应
record number: 备案, icp备案
load speed: 加载速度, 打开速度, 访问速度
seconds: 秒, 秒内
cluster: 集群
volume: 数据卷, 挂载
container: 容器
image: 镜像
docker image: docker镜像, 镜像构建
resource usage: 资源使用, 资源占用
load balancer: 负载均衡
cdn: cdn加速
example: 示例
replaced: 已替换, 替换
the: 进行, 是否, 所需, 确认, 无问题, 没问题, 状态, 各类, 当前, 最终, 已
error monitoring: 错误监控, 错误追踪, 异常监控
privacy policy: 隐私政策, 隐私协议, 隐私条款
domain resolves: 域名解析
strong secret: 密钥强度
alerts configured: 告警规则配置
non-root: 非 root, 非root
terms of service: 服务条款, 用户协议, 使用条款
flag: 标志, 标识
format: 格式, 格式检查
code formatting: 代码格式, 代码格式检查
version control: 版本控制, 版本库
the: 残留, 不在, 流程, 处理, 完毕, 完整, 到位, 妥善, 正式, 线上
coverage: 覆盖率, 测试覆盖率
whitelist: 白名单
wechat: 微信
memory: 内存, 記憶體, 内存占用
memory usage: 内存使用率, 内存使用, 内存占用率
cpu usage: cpu使用率, 处理器使用率, 负载情况
usage: 使用率, 占用率, 使用情况, 用量
disk: 磁盘, 硬盘, 磁碟
disk space: 磁盘空间, 硬盘空间, 存储空间, 磁盘容量
disk usage: 磁盘使用率, 磁盘占用率
enough: 充足, 足够, 充裕
error rate: 错误率, 失败率, 异常率
response time: 响应时间, 接口响应时间, 平均响应时间, 延迟, 响应速度
uptime monitoring: 可用性监控, 在线监控
the: 低于, 高于, 小于, 大于, 不超过, 超过, 以内, 以下, 以上, 至少, 中, 上, 下, 内, 从, 到, 向, 被, 对, 为, 由, 将, 并, 且, 以, 都, 均, 只, 仅, 各, 个, 等, 等等, 这, 该, 其, 可, 可以, 能, 能够, 会, 要, 需, 需要, 必须, 应, 应该, 已经, 通过后, 所在, 地, 得, 着, 过, 无误, 情况, 相关, 关键, 主要, 核心, 自己, 我们, 后, 前, 时
works: 可用, 正常使用, 正常响应, 正常工作, 运行正常, 工作正常, 无异常, 可正常, 能正常
running: 运行, 运行中, 正在运行, 启动, 已启动
all services running: 所有服务正常运行, 所有服务已启动, 服务正常运行, 服务运行正常, 所有服务运行正常, 所有容器正常运行
application: 应用, 应用程序, 程序
service: 服务, 系统
server: 服务器, 主机
endpoint: 端点, 接口, 路由
returns: 返回, 响应
open: 打开
loads: 正常打开, 可以打开, 能打开, 可正常访问, 正常加载, 正常显示
profile page: 个人主页, 个人中心
home page: 首页, 主页, 官网首页
website: 网站, 站点
page: 页面, 网页
visit: 访问, 浏览
connect: 连接成功, 连接正常, 正常连接, 连通
code: 代码, 源码, 源代码
in code: 代码中, 源码中, 代码里, 源代码中
hardcoded: 硬编码, 写死, 明文
contain: 包含, 含有, 泄露, 出现
no: 没有, 不含, 不包含, 不存在, 未发现, 禁止, 不要, 不得, 杜绝
merged: 合并, 已合并, 合并到
branch: 分支, 主分支
pushed: 推送, 已推送
commit: 提交, 已提交
uncommitted changes: 未提交的更改, 未提交的修改
debug code: 调试代码, 调试信息, 调试输出, 调试语句, 调试日志
debug mode: 调试模式, debug模式
remove: 删除, 移除, 清理, 清除
warnings: 警告
lint: 代码规范, 代码检查, 静态检查, 语法检查
type check: 类型检查
test suite: 测试用例, 测试套件, 自动化测试
environment variables: 环境变量, 生产环境变量, 环境变量配置
config: 配置文件, 配置项
set: 已设置, 设定, 填写, 已填写, 已配置, 配置好, 配置完成, 配置正确, 设置正确, 已完成配置
sensitive data: 敏感信息, 敏感数据
personal data: 隐私信息, 个人信息
character: 字符, 字符串, 位
strong random: 强随机, 强随机字符串, 随机字符串, 高强度
secret: 密钥, 秘钥, 密匙, api密钥, 凭证
default password: 默认密码, 初始密码, 弱口令
changed: 已修改, 已更改, 已变更, 更换, 替换
daily backup: 每日备份, 每天备份, 定期备份
automated backup: 自动备份, 每日自动备份, 定时备份, 自动每日备份, 每天自动备份
backup: 备份文件, 数据备份
restore test: 恢复演练, 恢复测试, 备份恢复演练, 恢复验证
rollback drill: 回滚演练, 回滚测试
drill: 演练, 演习
least privilege: 最小权限, 最小权限原则, 权限最小化
account: 账号, 账户, 帐号, 帐户
database user: 数据库账号, 数据库用户, 数据库账户
index: 索引, 必要索引, 添加索引
add: 添加, 增加, 新增, 加上
create: 建立, 生成
renewal: 续期, 自动续期, 续签, 自动续签, 自动更新证书
certificate: 证书, ssl证书
valid: 有效
expiry: 有效期, 过期时间
redirect: 跳转, 自动跳转, 重定向, 强制跳转
rate limit: 限流, 接口限流, 访问频率限制, 频率限制
login attempt: 登录失败次数, 登录次数, 登录尝试, 失败次数, 密码错误次数
brute force: 暴力破解, 防暴力破解
security header: 安全响应头, 安全头, http安全头
allow: 允许, 放行
domain: 域名, 正式域名
only: 只允许, 仅允许, 只开放, 仅开放
queue: 队列, 消息队列, 任务队列
backlog: 积压, 堆积
scheduled jobs: 定时任务, 计划任务, 定时器
background jobs: 异步任务, 后台任务
worker: 工作进程, 消费者
log rotation: 日志轮转, 日志切割, 日志轮换, 日志滚动
log level: 日志级别, 日志等级
log: 日志, 日志文件
structured logging: 结构化日志
monitor: 监控, 监测, 观察
alert: 告警, 报警, 预警
slow query: 慢查询, 慢sql, 慢查询日志
query optimization: 查询优化, sql优化
connection pool: 连接池, 连接池大小, 数据库连接池
broken link: 死链, 坏链
404 page: 404页面, 404 页面
error page: 错误页, 错误页面
compression: 压缩, gzip压缩
static files: 静态资源, 静态文件
webhook signature: 回调验签, 回调签名, 支付回调验签, 签名验证
callback: 回调
payment: 支付, 微信支付, 支付宝
upload size limit: 上传大小限制, 文件大小限制, 上传限制
manual: 手册, 说明书
write: 编写, 撰写, 记录
notify: 通知, 告知
user: 用户, 客户
signup: 注册
graceful shutdown: 优雅停机, 优雅关闭
zero downtime: 零停机, 不停机
health endpoint: 健康检查接口, 健康检查端点
restart automatically: 自动重启, 自动拉起, 开机自启
process manager: 进程守护, 守护进程
version: 版本, 版本号
dependencies: 依赖包, 依赖库
vulnerability: 漏洞
csrf: 跨站请求伪造
xss: 跨站脚本
private: 私有, 需登录
unauthorized: 未授权, 未登录
protected: 保护, 受保护, 鉴权
firewall: 防火墙
security group: 安全组
port: 端口
updates: 补丁, 系统补丁
operating system: 操作系统
expired: 过期, 到期
the: 文件, 正确, 自动, 立即, 获取, 免费, 必要, 必要的, 敏感, 全部, 所有, 正常, 成功, 系统, 服务, 应用, 项目, 用户, 新的, 已经, 可用, 生效, 添加, 引入, 头, 未, 每个
points to: 指向
persistence: 持久化
alert: 告警通知, 报警, 报警通知, 告警
not expired: 未过期
only required ports open: 只对外开放, 仅开放, 只开放
exposed: 暴露
the: 可被, 调用, 真实, 流程, 可用, 被
redirect to: 跳转
random: 随机
history: 历史
accessibility: 无障碍
passwords hashed: 密码加密, 密码哈希, 密码散列
hashed: 加密存储
`;
