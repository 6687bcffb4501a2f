/** Vietnamese, by the English words. */
export const VIETNAMESE = `
alerts tested: cảnh báo đã kiểm tra
passes: đều đạt, đều pass
privacy policy: chính sách quyền riêng tư, chính sách quyền riêng
performed: thực hiện
pages load: trang tải
the: đã, được, các, những, một, của, cho, với, và, trên, trong, ở, khi, nếu, đều, đang, sẽ, có, có thể, cần, phải, đúng, đúng cách, phù hợp, đầy đủ, bằng, qua, từ, đến, lên, về, vào, ra, này, đó, mỗi, từng, tất cả, toàn bộ, mọi, hoặc, hay, là, thì, mà, theo, gặp, bị, tại, sau, trước, chính xác, bình thường, hợp lý, thành công rồi
no: không, không có, chưa, không bị, không còn, không chứa
set: thiết lập, được thiết lập, đặt, khai báo
configured: cấu hình, thiết lập xong, cài đặt xong, tích hợp
automatic: tự động
daily: hàng ngày, hằng ngày, mỗi ngày
regularly: định kỳ, thường xuyên
automatic backup: backup tự động, sao lưu tự động, tự động sao lưu, tự động backup
backup: bản sao lưu, sao lưu dữ liệu
restore: khôi phục, phục hồi
tested: kiểm thử, thử nghiệm, chạy thử, đã test
procedure: quy trình
process: tiến trình
successful: thành công
pass: vượt qua
test email: email thử nghiệm, email thử, mail thử, email kiểm tra
received: nhận được, đã nhận
inbox: hộp thư đến
tests: kiểm thử
only: chỉ
allow: cho phép
all tests pass: tất cả test đều pass, tất cả kiểm thử đều đạt
hardcoded: gắn cứng, ghi cứng, hard code
key: khóa, khoá
in code: trong code, trong mã nguồn
default password: mật khẩu mặc định
debug mode: chế độ debug, chế độ gỡ lỗi
mode: chế độ
connection: kết nối, kết nối tới, kết nối đến
restarts: tự khởi động lại, khởi động lại
crash: sự cố, bị sập, crash
log: ghi, ghi log, ghi vào log
sensitive data: thông tin nhạy cảm, dữ liệu nhạy cảm
personal data: thông tin cá nhân, dữ liệu cá nhân
information: thông tin
log level: mức log, cấp độ log, log level
error tracking: theo dõi lỗi, giám sát lỗi
monitoring: theo dõi
points to: trỏ về, trỏ đến, trỏ tới, trỏ đúng, trỏ
server: máy chủ
dns record: bản ghi dns, bản ghi
protected: được bảo vệ, bảo vệ
protection: bảo vệ khỏi, chống
require: yêu cầu, bắt buộc phải
live mode: chế độ live, chế độ thật
verify: xác nhận, xác thực chữ ký
webhook signature: chữ ký webhook
file size limit: giới hạn kích thước tệp, giới hạn kích thước file, giới hạn dung lượng file, giới hạn dung lượng tệp
size: kích thước, dung lượng
file: tệp, tập tin
upload: tải lên, upload
image: ảnh, hình ảnh
image upload works: tải ảnh lên, upload ảnh
loads: tải được, hiển thị, mở được, truy cập được, load được
accessible: truy cập, có thể truy cập
broken link: liên kết hỏng, link hỏng, liên kết chết
link: liên kết, đường dẫn
custom: tùy chỉnh, tuỳ chỉnh
404 page: trang 404
privacy policy: chính sách bảo mật, chính sách quyền riêng tư, chính sách riêng tư
published: đã đăng, công bố
terms of service: điều khoản sử dụng, điều khoản dịch vụ, điều khoản
use: sử dụng
less than: dưới, ít hơn, nhỏ hơn
greater than: hơn, lớn hơn
second: giây
minute: phút
vulnerability: lỗ hổng, lỗ hổng bảo mật
dependency: thư viện phụ thuộc, thư viện, gói phụ thuộc
without errors: không có lỗi, không lỗi
disk space: dung lượng ổ đĩa, dung lượng đĩa, ổ đĩa
enough: đủ
usage: mức sử dụng
cpu usage: mức sử dụng cpu
memory: bộ nhớ
worker: worker nền, tiến trình nền
background job: công việc nền
running: đang chạy, chạy
run: đã chạy, được chạy
passwords hashed: mật khẩu được băm, mật khẩu được mã hóa, băm mật khẩu
hashed: băm
table: các bảng
session cookie: cookie phiên
session: phiên
notify: thông báo cho
notification: thông báo
team: đội, nhóm
documented: ghi lại, tài liệu hóa
plan: kế hoạch
support team: đội hỗ trợ
support: hỗ trợ
trained: đào tạo
approved: phê duyệt, duyệt
stakeholder: các bên liên quan, bên liên quan
strategy: chiến lược
page: trang
load: tải
speed: tốc độ
load time: tốc độ tải, thời gian tải, tốc độ tải trang, thời gian tải trang
performance: hiệu năng, hiệu suất
title: tiêu đề
description: mô tả
register: đăng ký
logout: đăng xuất
user: người dùng
admin: quản trị, quản trị viên
interface: giao diện
mobile: di động, điện thoại
responsive: đáp ứng
browser: trình duyệt
form: biểu mẫu
sent: được gửi, gửi đi, gửi email
remove: xóa, xoá, loại bỏ, gỡ bỏ
changed: đổi, thay, đã đổi
add: thêm, bổ sung
source code: mã nguồn
version: phiên bản
environment: môi trường
production environment: môi trường production, môi trường thật
valid: hợp lệ, còn hạn
renewal: gia hạn, tự động gia hạn
open: mở
close: đóng
port: cổng
index: chỉ mục, đánh index
data: dữ liệu
query: truy vấn
error: lỗi
rate limit: giới hạn tốc độ, giới hạn request, giới hạn yêu cầu
request: yêu cầu
health check: kiểm tra sức khỏe, kiểm tra sức khoẻ
domain: tên miền
`;
