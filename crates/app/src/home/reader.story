# How a reader reads: preferences, pages about the platform, ways through the whole.
AT 2026-11-23 09:00
AS anyone
GET /preferences?back=%2Frecords -> 200
  has 字号与配色
  field back=/records
  field mode=standard
GET /preferences?mode=elder&back=%2Frecords -> 303
  location /records
  header cache-control: no-store
GET / -> 200
  has 返回标准版式
  has 咨询电话
GET /preferences?size=huge&theme=dark&mode=standard -> 303
  location /
GET /preferences -> 200
  field size=huge
  field theme=dark
  field mode=standard
POST /preferences size=standard-size theme=system mode=standard back=/help -> 303
  location /help
# The way back never leaves the site.
GET /preferences?mode=standard&back=%2F%2Fevil.example -> 303
  location /
GET /preferences?mode=standard&back=https%3A%2F%2Fevil.example -> 303
  location /
POST /preferences mode=standard back=//evil.example -> 303
  location /

GET /accessibility -> 200
  has 无障碍环境建设法
  has 0731-2868 0000
GET /privacy -> 200
  has 名为pref的小文件
GET /about -> 200
GET /help -> 200
GET /sitemap -> 200
  has 公务员招考
  has 关于本平台
GET /sitemap.xml -> 200
  header content-type: application/xml; charset=utf-8
  has http://localhost/disclosure/guide
GET /sitemap/1.xml -> 200
GET /sitemap/2.xml -> 404
GET /sitemap/x -> 404
GET /robots.txt -> 200
  has Sitemap: http://localhost/sitemap.xml
GET /feeds -> 200
  has 全部公开信息
GET /records.atom -> 200
GET /assets/portal-000000000000.css -> 404
GET / -> 200
  saves css from page href="/assets/{css}.css"
GET /assets/{css}.css -> 200
  header cache-control: public, max-age=31536000, immutable
  header content-type: text/css; charset=utf-8
