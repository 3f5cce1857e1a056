"""The wording of what servers write into mails: warnings about mail from outside, disclaimers, scanners, footers of lists.

Owns the expressions, English and Thai. A line goes only for words that no reporter writes.
"""

import re

# A Thai consonant: a warning in English ends where Thai begins.
THAI = re.compile("[\u0e01-\u0e2e]")
# One of these stands in every line that is looked at closely.
HINT = re.compile(
    r"outside|extern|caution|warning|attention|click|often get|learn why|unless|sender|careful|dangerous|suspicious|confidential|disclaimer"
    r"|privileged|intended|virus|scan|checked|environment|print|subscri|mailing list|outlook|sent by|sent from|sent via|sent with|sent using|iphone|samsung|cid:|image"
    r"|ภายนอก|นอก|เตือน|ระวัง|ลิงก์|ลิงค์|ประกาศ|ลับ|ผู้รับ|ได้รับ|ไวรัส|มัลแวร์|สิ่งแวดล้อม|สมาชิก|สมัคร|ข่าวสาร|ความรับผิด|สงวนสิทธิ์|เรียนรู้|รู้จัก|บ่อย|ภาพ|ส่งจาก|ยกเลิก|ผู้ส่ง|\ufffc",
    re.IGNORECASE,
)
# "*****", "-----", "| ---- |": what frames a warning.
RULE = re.compile(r"\s*[*#=_\-–—~|+]{3,}\s*")
# "[EXTERNAL]", "{External Sender}:", "⚠ [ภายนอก]", "【EXT】": set before the first line.
TAG = re.compile(
    r"\s{0,5}(?:⚠️?\s?)?[\[(<{*【]{1,3}\s?(?:external(?: e-?mail| sender| message)?|extern|ext|e-?mail from outside|caution|outside|"
    r"(?:อีเมล|จดหมาย|เมล)?(?:จาก)?ภายนอก(?:องค์กร|หน่วยงาน)?)\s?[\])>}*】]{1,3}\s{0,3}:?\s{0,5}",
    re.IGNORECASE,
)
_E = r"(?:this|the|an?)\s(?:e-?mail|mail|message|communication)(?:\s(?:message|transmission))?"
_HOME = r"(?:organi[sz]ation|company|network|domain|enterprise|institution|university|ministry|department|office|agency|government|tenant)"
_M = r"(?:อีเมล์?|อี-เมล์?|e-?mail|จดหมาย(?:อิเล็กทรอนิกส์)?|ข้อความ|เมล์?)\s?(?:ฉบับ)?(?:นี้)?"
# A sentence of a warning above the text.
WARNING = re.compile(
    "|".join(
        (
            # As in "This email originated from outside of the organization"
            rf"{_E}.{{0,60}}\b(?:originat\w{{1,4}}|sent|came|comes|received|is|was|has been sent)\b.{{0,30}}\b(?:outside|external|unknown)\b",
            # As in "from someone outside your organisation"
            rf"\bfrom (?:someone )?outside (?:of )?(?:the|your|our|this)?\b.{{0,40}}\b{_HOME}",
            # A word of warning with what it is about: "CAUTION External email", "Warning! Suspicious sender".
            r"^\W{0,10}(?:caution|warning|attention|notice|alert|important|security (?:notice|warning))\b\W{0,5}.{0,40}\b(?:external|outside|suspicious|e-?mail|sender|links?|attachments?)\b",
            # The same without the word of warning, at a line's beginning: "External email"
            r"^\W{0,10}external (?:e-?mail|sender|message|mail|source)\b",
            # As in "*** WARNING ***", alone in its line
            r"^\W{0,10}(?:caution|warning|external|extern)\W{0,10}$",
            # As in "Do not click links or open attachments unless …"
            r"\b(?:do not|don['’]t|never|avoid|please do not|think before (?:you )?)\s?(?:click|open|follow|reply)(?:ing)?\b.{0,60}\b(?:links?|attachments?|files?|e-?mail|unless|untrusted|unknown)\b",
            # Outlook's "You don't often get email from …" and "Learn why this is important".
            r"\bdon['’]t often get e-?mails? from\b|\blearn why this is important\b",
            # As in "unless you recognize the sender"
            r"\bunless you (?:recogni[sz]e|know|trust|are expecting|verify|have verified|expect)\b",
            # As in "The sender of this message could not be verified"
            r"\bthe sender of this (?:e-?mail|message)\b.{0,40}\b(?:outside|external|could not be|is not)\b|\bunverified sender\b",
            # Gmail's "Be careful with this message".
            r"\b(?:be careful|use caution|exercise caution|be cautious|take care) (?:with this message|when|with|before|opening|clicking)\b",
            # As in "Report suspicious emails to the help desk"
            r"\breport (?:it|this e-?mail|this message|suspicious e-?mails?)\b.{0,40}\b(?:to|phish|spam|it|help ?desk|button)\b",
            # Gmail's "This message seems dangerous".
            r"\bthis (?:message|e-?mail) (?:seems|looks|may be|might be|could be) (?:dangerous|suspicious|phishing|spam|unsafe)",
            # As in "อีเมลฉบับนี้ส่งมาจากภายนอกองค์กร"
            rf"{_M}.{{0,20}}(?:ส่งมา|ถูกส่ง|ส่ง|มา|ได้รับ|มีต้นทาง|มีที่มา)(?:มา)?(?:จาก|โดย).{{0,20}}(?:ภายนอก|นอก(?:องค์กร|หน่วยงาน|เครือข่าย|กรม|กระทรวง|บริษัท|ระบบ|สำนักงาน))",
            # A word of warning in Thai: "คำเตือน อีเมลจากภายนอก".
            r"^\W{0,10}(?:คำเตือน|ข้อควรระวัง|โปรดระวัง|แจ้งเตือน|คำเตือนด้านความปลอดภัย|ระวัง|เตือนภัย|ประกาศเตือน).{0,60}(?:อีเมล|จดหมาย|ข้อความ|เมล|ภายนอก|ลิงก์|ลิงค์|ไฟล์แนบ|ผู้ส่ง|ฟิชชิ่?ง)",
            # As in "กรุณาอย่าคลิกลิงก์", "ห้ามเปิดไฟล์"
            r"(?:อย่า|ห้าม|ไม่ควร|หลีกเลี่ยงการ|กรุณาอย่า|โปรดอย่า|ระมัดระวัง(?:ใน)?การ|โปรดระวังการ)\s?(?:คลิ[กี๊]|กด|เปิด).{0,30}(?:ลิงก์|ลิงค์|link|ไฟล์|เอกสารแนบ|สิ่งที่แนบ)",
            # As in "อีเมลภายนอก", "ผู้ส่งจากภายนอกหน่วยงาน"
            r"(?:อีเมล|จดหมาย|ข้อความ|เมล|ผู้ส่ง)(?:จาก)?ภายนอก(?:องค์กร|หน่วยงาน)?",
            # Outlook in Thai, "คุณไม่ได้รับอีเมลจาก … บ่อยนัก เรียนรู้ว่าทำไม".
            r"(?:คุณ|ท่าน)(?:มัก|มักจะ|โดยปกติ)?ไม่(?:ค่อย|บ่อยนักที่จะ|ได้)?\s?(?:ได้รับ|รับ)?(?:อีเมล|ข้อความ)?(?:จาก)?.{0,60}(?:บ่อย|เรียนรู้(?:ว่าทำไม|สาเหตุ|เหตุผล))",
            # As in "ตรวจสอบชื่อผู้ส่งก่อนเปิดไฟล์"
            r"(?:ตรวจสอบ|ยืนยัน)(?:ตัวตน)?(?:ของ)?(?:ชื่อ|ที่อยู่|อีเมล)?ผู้ส่ง.{0,30}ก่อน.{0,10}(?:เปิด|คลิก|กด)",
            # As in "เว้นแต่ท่านรู้จักผู้ส่ง"
            r"เว้นแต่(?:ท่าน|คุณ)(?:จะ)?(?:รู้จัก|ทราบ|มั่นใจ|แน่ใจ|เชื่อถือ).{0,20}(?:ผู้ส่ง|เนื้อหา)",
        )
    ),
    re.IGNORECASE,
)
# Where a notice begins that goes on to the end of its paragraph.
NOTICE = re.compile(
    "|".join(
        (
            # Headings of notices, as in "DISCLAIMER", "Confidentiality Notice".
            r"^\W{0,10}(?:legal |e-?mail |confidentiality )?(?:disclaimer|confidentiality notice|confidential(?:ity)? (?:notice|note|statement))\b",
            # As in "This e-mail and any attachments are confidential"
            rf"{_E}.{{0,120}}\b(?:confidential|privileged|intended (?:only|solely)|intended for|proprietary)\b",
            # As in "If you are not the intended recipient"
            r"\bif you (?:are not|have received|received|are not the)\b.{0,60}\b(?:intended recipient|addressee|in error|by mistake|by error)\b",
            # As in "Please consider the environment before printing"
            r"\bconsider the environment before printing\b|\bthink before you print\b",
            # As in "To unsubscribe from this group", "You received this message because you are subscribed" (Google Groups)
            r"\b(?:to unsubscribe|unsubscribe from this|manage your subscription|you (?:are )?receiv(?:ed|ing) this (?:message|e-?mail|mail) because|you are (?:currently )?subscribed|to (?:stop receiving|view this discussion)|mailing list$|visit this group at)",
            # Mailman's footer, "https://lists.mail.example/listinfo/office".
            r"^\W{0,5}https?://\S{0,200}(?:listinfo|mailman|lists?\.|groups?\.google|/unsubscribe)",
            # As in "ข้อจำกัดความรับผิดชอบ", "ข้อสงวนสิทธิ์"
            r"^\W{0,10}(?:ข้อจำกัดความรับผิด(?:ชอบ)?|ข้อความปฏิเสธความรับผิดชอบ|คำสงวนสิทธิ์|ข้อสงวนสิทธิ์|คำปฏิเสธความรับผิดชอบ)",
            # As in "อีเมลฉบับนี้เป็นข้อมูลลับ", "สำหรับผู้รับเท่านั้น"
            rf"{_M}.{{0,100}}(?:เป็นความลับ|ลับเฉพาะ|ข้อมูลลับ|เอกสารลับ|สงวนไว้เฉพาะ|มีเจตนาส่งถึง|สำหรับผู้รับ(?:ที่ระบุ|เท่านั้น|ตามที่ระบุ)|เฉพาะผู้รับ)",
            # As in "หากท่านมิใช่ผู้รับ", "ถ้าท่านได้รับอีเมลนี้โดยผิดพลาด"
            r"(?:หาก|ถ้า)(?:ท่าน|คุณ)(?:มิ|ไม่)(?:ใช่|ได้เป็น)(?:ผู้รับ|บุคคลที่ระบุ|ผู้ที่ระบุ)|(?:หาก|ถ้า)(?:ท่าน|คุณ)ได้รับ.{0,30}(?:โดย)?(?:ผิดพลาด|ไม่ได้ตั้งใจ|บังเอิญ|ความเข้าใจผิด|ไม่ตั้งใจ)",
            # As in "โปรดคำนึงถึงสิ่งแวดล้อมก่อนสั่งพิมพ์"
            r"(?:คำนึงถึง|นึกถึง|รักษา|ห่วงใย)สิ่งแวดล้อม.{0,20}(?:พิมพ์|สั่งพิมพ์|print)",
            # As in "ท่านได้รับอีเมลนี้เพราะ…", "ยกเลิกการรับข่าวสาร"; who writes "ขอยกเลิกการรับข่าวสาร" asks for it himself
            r"(?:ท่าน|คุณ)ได้รับ(?:อีเมล|ข้อความ|จดหมาย|เมล)\s?(?:ฉบับ)?(?:นี้)?\s?(?:เพราะ|เนื่องจาก)|(?<!ขอ)(?<!ขอยก)(?:ยกเลิก|เลิก)(?:การ)?(?:รับ|เป็น)\s?(?:ข่าวสาร|อีเมล|ข้อความ|สมาชิก|การสมัคร)",
        )
    ),
    re.IGNORECASE,
)
# What a scanner of viruses says, in one sentence.
SCANNED = re.compile(
    r"\b(?:virus[- ]free|no virus(?:es)? (?:found|detected|was found)|scanned (?:for|by)\b.{0,40}\b(?:virus|mailscanner|antivirus|malware)|checked (?:for viruses|by avg)|believed to be clean|antivirus software|(?:avast|avg|eset|kaspersky|sophos|mcafee|mailscanner|trend ?micro|bitdefender|norton|clamav)\b.{0,40}\b(?:scan|check|clean|virus|protect|signature))"
    r"|\b(?:scan|check)\w{0,3} (?:for|by) (?:viruses|all known viruses|dangerous content)"
    r"|(?:ตรวจ(?:สอบ|หา|สแกน)?|สแกน|กรอง)(?:หา)?\s?(?:ไวรัส|มัลแวร์|virus)|(?:ปราศจาก|ไม่พบ|ปลอด)\s?(?:ไวรัส|มัลแวร์|virus)",
    re.IGNORECASE,
)
# A line of a mail program's own.
PROGRAM = re.compile(
    r"^\W{0,5}(?:(?:get|download) (?:the )?outlook for (?:ios|android|mac)\b|(?:รับ|ดาวน์โหลด|ติดตั้ง)\s?outlook\s?(?:สำหรับ|for)"
    r"|(?:sent|ส่ง)\s?(?:จาก|from|via|with|using|by)\s?(?:my |phone|mobile|yahoo|outlook|mail for|samsung|iphone|ipad|gmail|android|เมล|จดหมาย|แอป)[^\n]{0,60}$)",
    re.IGNORECASE,
)
# Words that show that a line goes on with the warning above it.
GOES_ON = re.compile(
    r"\b(?:click|links?|attachments?|sender|recogni[sz]e|suspicious|phishing|unless|content is safe|help ?desk|credentials|expecting|outside|external)\b",
    re.IGNORECASE,
)
# "โปรดระวังลิงก์…", "หากไม่แน่ใจให้ติดต่อผู้ดูแล…": the second line of a warning in Thai.
THAI_GOES_ON = re.compile(
    r"(?:อย่า|ห้าม|ไม่ควร|หลีกเลี่ยง|โปรดระวัง|ควรระวัง|ระมัดระวัง|ตรวจสอบให้แน่ใจ|เว้นแต่|หากไม่แน่ใจ|หากสงสัย|น่าสงสัย|ฟิชชิ)"
    r".{0,80}(?:ลิงก์|ลิงค์|link|ไฟล์|ผู้ส่ง|แหล่งที่มา|รหัสผ่าน|คลิก|ผู้ดูแล|เนื้อหา|อีเมล|ปลอดภัย)"
)
# "[cid:image001.png@01D9]", "[image: logo]", "<image001.png>": what stands in plain text for a picture (Outlook,
# Gmail).
PICTURE = re.compile(r"\s*(?:\[(?:image|cid|inline image|รูปภาพ|ภาพ)\s?:[^\[\]]{0,300}\]|<image\d{1,4}\.[a-z]{3,4}>|\[image\d{1,4}\.[a-z]{3,4}\]|￼)\s*", re.IGNORECASE)  # fmt: skip
# "Please view this message in an HTML-capable client", "อีเมลนี้ต้องเปิดด้วยโปรแกรมที่รองรับ HTML", "This is a
# multi-part message in MIME format".
NEEDS_HTML = re.compile(
    r"\b(?:view|viewed|shown|opened|views|viewing|display|displays|support|supports|supported|read|reads|see|enable|enabled|require|requires|required|needs?|use|using|format|formatted|client|reader|program|version|capable|compatible|rendered|is in|sent as|sent in)\b.{0,80}\bhtml\b"
    r"|\bhtml\b.{0,80}\b(?:view|display|support|client|reader|enable|format|version|e-?mail|message|mail|capable|compatible|only|browser|part|required|mode)\b"
    r"|\b(?:view|read|see|open)\b.{0,40}\b(?:in|with|using) (?:a|your|the) (?:web )?browser\b|\bview (?:it |this )?online\b"
    r"|html.{0,60}(?:เท่านั้น|รองรับ|แสดง|เปิด|อ่าน|โปรแกรม|รูปแบบ)|(?:รองรับ|แสดง|เปิด|อ่าน|รูปแบบ|โปรแกรม|ต้องใช้|ต้องการ|แบบ).{0,60}html"
    r"|(?:ดู|อ่าน|เปิด)(?:อีเมล|ข้อความ|จดหมาย)?.{0,40}(?:ใน|ผ่าน|ด้วย)\s?(?:เว็บ)?(?:เบราว์เซอร์|บราวเซอร์|browser)"
    r"|^this is a multi-?part message in mime format",
    re.IGNORECASE,
)  # fmt: skip
