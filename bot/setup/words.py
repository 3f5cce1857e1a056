"""What is asked and said on the first day, in Thai and in English."""

from typing import Literal

Language = Literal["th", "en"]

# Questions first; then why an answer will not do; then remarks.
WORDS: dict[str, tuple[str, str]] = {
    "province": ("จังหวัด (เช่น น่าน หรือ nan)", "Province (such as น่าน or nan)"),
    "address": ("ที่อยู่อีเมลของกล่องจดหมายที่ระบบจะใช้", "Address of the mailbox that the bot will use"),
    "imap": ("เครื่องแม่ข่ายรับจดหมาย (IMAP) ชื่อ:พอร์ต", "Incoming mail server (IMAP), host:port"),
    "user": ("ชื่อผู้ใช้ของกล่องจดหมาย", "User of the mailbox"),
    "password": ("รหัสผ่านของกล่องจดหมาย (ไม่แสดงบนจอ)", "Password of the mailbox (not shown)"),
    "since": (
        "ในกล่องมีจดหมายอยู่แล้ว {count} ฉบับ ระบบจะไม่แตะต้อง และรับเฉพาะจดหมายที่มาถึงหลังเริ่มทำงาน กด Enter เพื่อตกลง หรือใส่วันที่ที่จะให้เริ่มรับ",
        "{count} mails lie in this mailbox. The bot will not touch them and takes what comes after its start: press Enter for that, or give the day from which on mails are the bot's",
    ),
    "smtp": ("เครื่องแม่ข่ายส่งจดหมาย (SMTP) ชื่อ:พอร์ต", "Outgoing mail server (SMTP), host:port"),
    "smtp_user": ("ชื่อผู้ใช้สำหรับส่งจดหมาย (- หากไม่ต้องเข้าสู่ระบบ)", "User of the outgoing server (- for no login)"),
    "smtp_password": ("รหัสผ่านสำหรับส่งจดหมาย (ไม่แสดงบนจอ)", "Password of the outgoing server (not shown)"),
    "staff": (
        "อีเมลเจ้าหน้าที่ที่รับสรุปประจำวันและอนุมัติรายงาน (หลายคนคั่นด้วยจุลภาค)",
        "Addresses of the staff who get the digest and approve reports (separated by commas)",
    ),
    "phone": ("โทรศัพท์ของสำนักงานที่จะแสดงในจดหมาย (Enter หากไม่ใส่)", "The office's telephone, shown in letters (Enter for none)"),
    "practice": (
        "เตรียมหนังสือเวียนสำหรับซ้อมหรือไม่ ผู้รายงานในทะเบียนจะได้รับแบบสั้น ๆ ให้ลองตอบ และรายงานส่งถึงเจ้าหน้าที่เอง (y/n)",
        "Prepare a practice circular? The reporters get a short form to try out, and the report goes to your staff (y/n)",
    ),
    # Why an answer will not do.
    "no-province": ("ไม่มีจังหวัดชื่อ “{value}” เขียนเช่น น่าน หรือ nan", 'there is no province "{value}"; write it like น่าน or nan'),
    "no-address": ("“{value}” ไม่ใช่ที่อยู่อีเมล เขียนเช่น ruam@nan.example", '"{value}" is no mail address; write it like ruam@nan.example'),
    "own-address": ("{value} เป็นที่อยู่ของระบบเอง ใส่ที่อยู่ของบุคคล", "{value} is the bot's own address; write those of people"),
    "nothing": ("ต้องตอบข้อนี้", "this one needs an answer"),
    "yes-or-no": ("ตอบ y หรือ n", "answer y or n"),
    "no-day": ("อ่านวันที่ “{value}” ไม่ได้ เขียนเช่น 1 ธ.ค. 2569 หรือ 2026-12-01", '"{value}" is no day; write it like 2026-12-01'),
    "no-port": ("พอร์ต “{value}” ต้องเป็นเลข 1 ถึง 65535 ปกติคือ {usual}", 'port "{value}" must be a number from 1 to 65535; usual is {usual}'),
    "name": ("ไม่พบเครื่องชื่อ {place} ตรวจตัวสะกดของชื่อ", "no server of the name {place} is known; look at its spelling"),
    "away": (
        "{place} ไม่ตอบ ตรวจชื่อ พอร์ต และไฟร์วอลล์ ปกติ IMAP ใช้พอร์ต 993 และ SMTP ใช้ 465 หรือ 587 ({detail})",
        "{place} does not answer; look at name, port and firewall. Usual are 993 for IMAP, 465 or 587 for SMTP ({detail})",
    ),
    "port": (
        "พอร์ตนี้ของ {place} ไม่ได้พูดภาษาที่คาดไว้ ปกติ IMAP ใช้พอร์ต 993 และ SMTP ใช้ 465 หรือ 587 ({detail})",
        "{place} does not speak what was expected at this port. Usual are 993 for IMAP, 465 or 587 for SMTP ({detail})",
    ),
    "certificate": (
        "ใบรับรองของ {place} ใช้กับชื่อนี้ไม่ได้ ใช้ชื่อเครื่องตามใบรับรอง ({detail})",
        "the certificate of {place} is not for this name; use the name that it has ({detail})",
    ),
    "login": (
        "เครื่องแม่ข่ายไม่รับชื่อผู้ใช้หรือรหัสผ่านนี้ ({detail}) Gmail และบางแห่งต้องใช้ App Password ส่วน Microsoft 365 ไม่รับรหัสผ่าน ดู docs/login.md",
        "the server refuses this user or password ({detail}). Gmail and others want an app password; Microsoft 365 takes none: see docs/login.md",
    ),
    "server": ("เครื่องแม่ข่ายตอบว่า: {detail}", "the server says: {detail}"),
    # Remarks.
    "welcome": (
        "ตั้งค่าระบบรวมใน {folder} ตอบทีละข้อ ระบบลองคำตอบทันที ค่าใน [วงเล็บ] ใช้ได้ด้วยการกด Enter และ Ctrl-C เลิกได้ทุกเมื่อ ยังไม่มีสิ่งใดถูกเขียนจนกว่าจะจบ",
        "Setting up Ruam in {folder}. Each answer is tried at once; Enter takes what stands in [brackets]; Ctrl-C ends it, and nothing is written before the end.",
    ),
    "roster": ("{province}: อปท. {organisations} แห่ง ผู้รายงาน {reporters} แห่ง", "{province}: {organisations} organisations, {reporters} reporters"),
    "free-mail": (
        "{domain} เป็นอีเมลฟรี ผู้รับอาจไม่เชื่อถือ มีเพดานการส่งต่อวัน และผู้ใดก็ตั้งชื่อคล้ายกันได้ ควรใช้อีเมลของราชการ",
        "{domain} is free mail: recipients may not trust it, it limits letters a day, and anybody can take a name like yours; an address of the office is better",
    ),
    "reached": ("ติดต่อ {place} ได้ ({security})", "{place} answers ({security})"),
    "logged-in": ("เข้ากล่องจดหมายได้ มีจดหมาย {count} ฉบับ และมีโฟลเดอร์ของระบบแล้ว", "logged in; {count} mails, and the bot's folders are there"),
    "sending": ("เครื่องแม่ข่ายส่งจดหมายรับการเข้าสู่ระบบ", "the outgoing server takes our login"),
    "waiting": ("กำลังส่งจดหมายถึงตนเองและรอให้มาถึง …", "sending a mail to itself and waiting for it ..."),
    "came": ("จดหมายถึงตนเองมาถึงใน {seconds} วินาที", "the mail to itself came in {seconds} s"),
    "came-not": (
        "จดหมายถึงตนเองไม่มาถึงใน {seconds} วินาที ตรวจว่าจดหมายถึง {address} เข้ากล่องนี้จริง แล้วรัน ruam doctor",
        "the mail to itself did not come within {seconds} s; see that mail to {address} reaches this mailbox, then run ruam doctor",
    ),
    "refused": ("เครื่องแม่ข่ายไม่รับจดหมาย: {detail}", "the outgoing server did not take it: {detail}"),
    "authserv": ("ตรวจผู้ส่งปลอมได้ด้วยผลของ {server}", "forged senders are noticed by the results of {server}"),
    "authserv-none": (
        "เครื่องแม่ข่ายไม่ได้เขียนผลการตรวจผู้ส่งในจดหมายถึงตนเอง จึงยังตรวจผู้ส่งปลอมไม่ได้ ลองส่งจากอีเมลภายนอก ดูบรรทัด Authentication-Results แล้วใส่ชื่อแรกใน [imap] authserv_id",
        "the server wrote no Authentication-Results on the mail to itself, so forged senders are not noticed yet: send a mail from outside, and write the first name of that line into [imap] authserv_id",
    ),
    "dns-away": ("ไม่มีคำตอบจาก DNS จึงไม่ได้ตรวจ SPF DKIM DMARC", "DNS does not answer: SPF, DKIM and DMARC were not looked at"),
    "mx-none": ("{domain} ไม่มีเครื่องรับจดหมาย (MX) ผู้อื่นอาจส่งถึงไม่ได้", "{domain} has no mail server (MX); others may not reach it"),
    "spf-ok": ("SPF ของ {domain}: {record}", "SPF of {domain}: {record}"),
    "spf-none": (
        "{domain} ไม่มี SPF จดหมายของท่านอาจถูกมองเป็นขยะ ขอผู้ดูแลโดเมนเพิ่มระเบียน TXT เช่น v=spf1 mx -all",
        "{domain} has no SPF, so your letters may be taken for junk; ask who runs the domain for a TXT record such as v=spf1 mx -all",
    ),
    "spf-two": ("{domain} มี SPF มากกว่าหนึ่งรายการ จึงไม่มีผล ให้เหลือรายการเดียว", "{domain} has several SPF records, which counts as none; leave one"),
    "spf-open": ("SPF ของ {domain} อนุญาตทุกเครื่อง ({record}) ผู้ใดก็ปลอมได้ ให้ลงท้ายด้วย -all", "SPF of {domain} allows everybody ({record}); let it end in -all"),
    "dkim-ok": ("จดหมายมีลายเซ็น DKIM ({selector}._domainkey.{domain}) และพบกุญแจใน DNS", "letters are signed by DKIM, and its key is there ({selector}._domainkey.{domain})"),
    "dkim-key": ("จดหมายลงลายเซ็น DKIM แต่ไม่พบกุญแจ {selector}._domainkey.{domain} ใน DNS", "letters are signed by DKIM, but the key {selector}._domainkey.{domain} is not in DNS"),
    "dkim-none": ("จดหมายถึงตนเองไม่มีลายเซ็น DKIM หากจดหมายออกภายนอกก็ไม่มี ขอผู้ดูแลเปิดใช้", "the mail to itself has no DKIM signature; if letters to others have none either, ask who runs the server to sign"),
    "dmarc-ok": ("DMARC ของ {domain}: {record}", "DMARC of {domain}: {record}"),
    "dmarc-none": (
        "{domain} ไม่มี DMARC ผู้ใดก็ปลอมเป็นท่านได้ ขอผู้ดูแลโดเมนเพิ่ม TXT ที่ _dmarc.{domain} เช่น v=DMARC1; p=quarantine",
        "{domain} has no DMARC, so anybody can forge you; ask for a TXT record at _dmarc.{domain} such as v=DMARC1; p=quarantine",
    ),
    "written": ("เขียนแล้ว: {file}", "written: {file}"),
    "next": ("ต่อไป:", "Next:"),
    "next-fill": (
        "1. กรอกอีเมลของผู้รายงานใน {workbook} ด้วย Excel แล้วบันทึก",
        "1. Fill the reporters' addresses into {workbook} with Excel, and save it",
    ),
    "next-import": ("2. {ruam} roster import {workbook} --yes --config {config}", "2. {ruam} roster import {workbook} --yes --config {config}"),
    "next-doctor": ("3. {ruam} doctor --config {config}", "3. {ruam} doctor --config {config}"),
    "next-run": ("4. {ruam} run --config {config}  (คำขอออกในเวลาราชการ หยุดด้วย Ctrl-C)", "4. {ruam} run --config {config}  (requests go in office hours; Ctrl-C stops it)"),
    "next-unit": (
        "5. {account}sudo cp {unit} /etc/systemd/system/ && sudo systemctl enable --now ruam",
        "5. {account}sudo cp {unit} /etc/systemd/system/ && sudo systemctl enable --now ruam",
    ),
    "next-circular": (
        "ยังไม่มีหนังสือเวียน: ทำโฟลเดอร์ที่มี circular.toml (docs/circulars.md) แล้วใส่ชื่อใน [office] circulars",
        "There is no circular yet: make a folder with a circular.toml (docs/circulars.md), and name it in [office] circulars",
    ),
    "there": ("{file} มีอยู่แล้ว ใช้โฟลเดอร์อื่น หรือย้ายไฟล์นั้นก่อน ไม่มีสิ่งใดถูกเขียน", "{file} is there already; use another folder or move it away. Nothing was written"),
}  # fmt: skip


def said(name: str, language: Language, **fields: str) -> str:
    """A sentence of the table. Raises KeyError for a name or a field that is not there."""
    return WORDS[name][language == "en"].format_map(fields)
