# Superior documents: passed on where their public source or their note says so, stopped where a mark says no, once each.
AT 2026-11-23 09:00
AS 经办人
GET /desk/superior -> 200
POST /desk/superior title="" issuer="" address=ftp://x text="" -> 422
  has 请填写标题
  has 请填写发文机关
  has 公开网址以 http
POST /desk/superior title=关于做好秋季防疫工作的通知 issuer=省农业农村厅 number=湘农发〔2026〕31号 address="" \
  text="正文。\n\n（此件公开发布）" -> 303
  saves open from location /desk/superior/{open}
GET /desk/superior -> 200
  has 可以转发
# Number and issuer: the same document by another way is the same document.
POST /desk/superior title=秋季防疫通知 issuer="省农业农村厅 " number="湘农发 〔2026〕31号" address=https://nyt.example/31 \
  text=另一处抄来的正文。 -> 422
  has 已经收过
  field title=秋季防疫通知
POST /desk/superior/{open}/take kind=notice -> 303
  saves record from location /desk/record/{record}
GET /desk/record/{record} -> 200
  field title=关于做好秋季防疫工作的通知
  field number=湘农发〔2026〕31号
POST /desk/superior/{open}/take kind=notice -> 409

# A file is read whole: what it says of itself fills the form, and it stands beside the draft.
POST /desk/superior issuer=省农业农村厅 address=https://nyt.example/9 file:file=@水产.txt:<<END -> 303
关于做好水产品质量安全监测的通知

各市州农业农村局：

请按时完成监测。

省农业农村厅
2026年11月20日
END
  saves file from location /desk/superior/{file}
GET /desk/superior/{file} -> 200
  has 关于做好水产品质量安全监测的通知
  has 打开原件：水产.txt
POST /desk/superior/{file}/take kind=notice -> 303
  saves taken from location /desk/record/{taken}
GET /desk/record/{taken}/source -> 200
  has 水产.txt
POST /desk/superior issuer=省农业农村厅 file:file=@涉密.txt:"机密★20年\n关于某事的报告" -> 422
  has 密级标志
POST /desk/superior issuer=省农业农村厅 file:file=@a.exe:"x" -> 422
  has 不能识读

# Not to be public, and a Party number: a person decides.
POST /desk/superior title=内部情况 issuer=省农业农村厅 number=湘农函〔2026〕5号 address=https://nyt.example/5 \
  text="正文。\n\n（此件不公开）" -> 303
  saves closed from location /desk/superior/{closed}
POST /desk/superior/{closed}/take kind=notice -> 422
  has 先由保密审查员认定
POST /desk/superior title=市委办公室通知 issuer=市委办公室 number=株办发〔2026〕5号 address=https://zz.example/5 \
  text=正文。 -> 303
  saves party from location /desk/superior/{party}
GET /desk/superior/{party} -> 200
  has 党的机关
POST /desk/superior title=没有来源的文件 issuer=省农业农村厅 address="" text=正文。 -> 303
  saves nowhere from location /desk/superior/{nowhere}
GET /desk/superior/{nowhere} -> 200
  has 没有公开网址
POST /desk/superior title=涉密 issuer=省农业农村厅 address="" text="机密★20年\n\n正文" -> 422
  has 密级标志
POST /desk/superior/{closed}/clear reason=我说可以 -> 403
AS 保密审查员
GET /desk -> 200
  has 份上级文件要先认定
GET /desk/superior/{closed} -> 200
POST /desk/superior/{closed}/decline reason="" -> 422
POST /desk/superior/{closed}/decline reason=制作机关定为不公开 -> 303
GET /desk/superior/{party} -> 200
POST /desk/superior/{party}/clear reason=市委办公室已在官网公开 -> 303
AS 经办人
POST /desk/superior/{party}/take kind=notice -> 303
POST /desk/superior/{closed}/take kind=notice -> 409
AS anyone
GET /api/v1/records -> 200
  lacks 市委办公室
