/** Korean, by the English words; every word stands for any ending. */
export const KOREAN = `
test account: 테스트 계정
unnecessary: 불필요
close: 닫기, 닫힘
blocked: 차단
site accessible: 사이트 접속
accessible: 접속되, 접속 가능, 접근 가능
broken layout: 깨지지, 깨짐
source map: 소스맵, 소스 맵
attribute: 속성
branch: 브랜치
merged: 머지, 병합
access limited: 접근 제한
header: 헤더
strong: 64자 이상, 32자 이상, 64자, 32자, 16자 이상, 랜덤, 무작위, 난수, 강력
page accessible: 페이지 접근, 페이지 접속
character: 글자, 문자
scan: 스캔
no logging: 로깅 안, 로깅하지
the: 안, 함, 시
the: 모든, 모두, 각, 해당, 여부, 필요한, 필요, 올바르게, 올바른, 정확히, 제대로, 있는가, 있는지, 있음, 있는, 되었는지, 되는지, 하는지, 하기, 위한, 위해, 대한, 통한, 통해, 이상, 최소, 적절히, 적절한, 새로운, 실제, 현재, 안전하게, 중인, 중
no: 없음, 없는, 없는지, 없어야, 없다, 않음, 않는지, 않았는지, 않는가, 않도록, 안됨, 금지, 말기
not: 않은, 않으면, 불가, 아닌, 미
hardcoded: 하드코딩
exposed: 노출
contained: 포함
key: 키
api key: api 키, api키
source code: 소스 코드, 소스코드
automatic: 자동
automatic daily backup: 자동 백업, 자동백업, 정기 백업, 매일 백업
daily: 매일, 일일, 정기
endpoint: 엔드포인트
responds: 응답
failure: 장애, 실패
crash: 크래시, 비정상 종료
restart automatically: 자동 재시작
log rotation: 로그 로테이션, 로그 순환, 로그로테이션
sensitive data: 민감 정보, 민감한 정보, 민감정보, 민감 데이터, 민감한 데이터
sensitive: 민감
information: 정보
log level: 로그 레벨, 로그레벨, 로깅 레벨
log: 로깅
error tracking: 에러 추적, 오류 추적, 에러 트래킹, 에러 모니터링
tracking: 추적, 트래킹
connected: 연동, 연결됨
error: 예외
uptime monitoring: 업타임 모니터링, 가동 시간 모니터링, 업타임
dns record: dns 레코드, 레코드
points to: 가리킴, 가리키
custom domain: 커스텀 도메인
custom: 커스텀, 사용자 정의
protected: 보호된, 보호됨, 보호
access: 접근, 접속
live mode: 라이브 모드, 실서비스 모드, 운영 모드
live: 라이브
mode: 모드
test mode: 테스트 모드
works: 동작, 작동, 기능
webhook: 웹훅, 웹 훅
verification: 검증, 유효성
valid: 유효
upload: 업로드, 올리기
file: 파일
file size limit: 파일 크기 제한, 파일 사이즈 제한, 업로드 크기 제한, 업로드 파일 크기 제한, 업로드 용량 제한
size: 크기, 사이즈
loads: 로드, 표시, 렌더링, 열림, 보임
meta title: 메타 제목
meta tags: 메타 태그, 메타태그
meta: 메타
title: 제목, 타이틀
tag: 태그
description: 설명
image: 이미지, 사진
open graph: og
sitemap: 사이트맵
published: 게시, 공개, 게재
privacy policy: 개인정보처리방침, 개인정보 처리방침, 개인정보 보호정책, 개인정보취급방침
terms of service: 이용약관, 서비스 약관, 약관
cookie: 쿠키
cookie banner: 쿠키 동의 배너, 쿠키 배너
consent: 동의
banner: 배너
page load time: 페이지 로딩 속도, 페이지 로드 속도, 로딩 속도, 로딩 시간, 페이지 로딩 시간
page loads: 페이지 로딩, 페이지 로드
load: 로딩
speed: 속도
seconds: 초
under: 이내, 이하, 미만
whole: 전체
known: 알려진
vulnerability: 취약점, 보안 취약점
dependency: 패키지, 라이브러리
lint: 린트, 린터
open: 개방, 오픈, 열기
disk: 디스크
disk space: 디스크 공간, 디스크 용량, 저장 공간, 여유 공간
enough: 충분
space: 공간, 용량
memory: 메모리
memory usage: 메모리 사용량, 메모리 사용률
cpu usage: cpu 사용량, cpu 사용률
usage: 사용량, 사용률
background: 백그라운드
worker: 워커
background worker: 백그라운드 워커
run: 실행, 구동, 기동, 수행
applied: 실행 완료
cron: 크론, 크론잡
cron job: 크론 작업, 크론 잡
job: 작업
passwords hashed: 비밀번호 해싱, 비밀번호 암호화, 비밀번호 해시
hashed: 해싱, 해시
csrf: csrf 토큰
protection: 방어, 방지, 대응
sql injection: sql 인젝션, sql 삽입
session: 세션
session cookie: 세션 쿠키
strategy: 전략
decided: 수립, 결정
plan: 수립
documented: 문서화
updated: 최신화
notify: 공지, 안내
notification: 알림
approval: 승인
support team: 고객 지원, 고객지원, 고객센터
training: 교육
marketing: 마케팅, 홍보
team: 담당자
table: 테이블
column: 컬럼, 칼럼
schema: 스키마
seed: 시드
user: 회원, 유저
signup: 회원가입, 가입
logout: 로그아웃
admin: 관리자, 어드민
admin page: 관리자 페이지, 어드민 페이지
mobile: 모바일
responsive: 반응형
browser: 브라우저
screen: 화면
link: 링크
button: 버튼
search: 검색
performance: 성능
server: 서버
service: 서비스
application: 애플리케이션, 앱
network: 네트워크
request: 요청
allow: 허용
only: 만
token: 토큰
expiry: 만료, 갱신
renewal: 자동 갱신
commit: 커밋됨
changes: 변경사항, 변경 사항
remove: 제거, 삭제
debug code: 디버그 코드, 디버깅 코드
console log: 콘솔 로그
comment: 주석
url: 주소
provisioned: 프로비저닝
install: 설치
pipeline: 파이프라인
image build: 이미지 빌드
container: 컨테이너
volume: 볼륨
version: 버전
tag: 태깅
release: 릴리스, 릴리즈
rehearsal: 리허설, 모의 훈련
recovery: 복원
off-site: 외부 저장소, 원격지
encrypted: 암호화
send: 발송, 전송
received: 수신
dashboard: 대시보드
metric: 지표, 메트릭
threshold: 임계값, 임계치
`;
