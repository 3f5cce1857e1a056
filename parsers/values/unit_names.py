"""The names that units go by in Thai offices: data only.

Owns spellings and abbreviations. What a unit means for an answer is the concern of ``units``.
"""

# One line for each unit: the first name is the one it goes by. Dots and spaces are left out.
NAMES: dict[str, tuple[str, ...]] = {
    "mass": (
        "ตัน เมตริกตัน ton tons tonne tonnes t mt",
        "กก กิโลกรัม กิโล โล กกม kg kgs kilogram kilograms kilo",
        "กรัม g gram grams",
        "ขีด",
    ),
    "area": (
        "ไร่ rai",
        "งาน ngan",
        "ตรว ตารางวา",
        "ตรม ตารางเมตร sqm m2 ม2 ตรม2 เมตร2",
        "ตรกม ตารางกิโลเมตร ตารางกม sqkm km2 กม2",
        "เฮกตาร์ ha",
    ),
    "volume": (
        "ลบม ลูกบาศก์เมตร คิว คิวบิกเมตร cum m3 ม3 เมตร3",
        "ลิตร litre litres liter liters",
        "มล มิลลิลิตร ml cc ซีซี",
        "แกลลอน",
        "บาร์เรล",
    ),
    "length": (
        "ม เมตร m meter meters metre",
        "กม กิโลเมตร km kms",
        "ซม เซนติเมตร cm",
        "มม มิลลิเมตร mm",
        "วา",
        "ไมล์",
        "ฟุต",
        "นิ้ว",
    ),
    "energy": ("หน่วยไฟฟ้า กิโลวัตต์ชั่วโมง kwh", "เมกะวัตต์ mw", "กิโลวัตต์ kw", "วัตต์ w"),
    "money": (
        "บาท ฿ บ baht thb bath",
        "สตางค์ สต satang",
        "ดอลลาร์ ดอลล่าร์ ดอลลาร์สหรัฐ เหรียญ เหรียญสหรัฐ usd us$ $",
        "ยูโร eur euro €",
        "เยน jpy",
        "หยวน cny rmb",
        "ปอนด์ gbp",
    ),
    "percent": ("ร้อยละ % ％ เปอร์เซ็นต์ เปอร์เซนต์ เปอร์เซ็น เปอร์เซนต percent pct", "ส่วนในล้านส่วน ppm"),
    "time": (
        "วัน day days",
        "สัปดาห์ อาทิตย์ week weeks",
        "เดือน month months",
        "ปี ปีงบประมาณ ปีงบฯ ปีงบ year years",
        "ชั่วโมง ชม hour hours hr",
        "นาที",
        "ไตรมาส",
    ),
    "count": (
        "คน ราย ท่าน นาย person persons people",
        "ครัวเรือน หลังคาเรือน ครอบครัว ครัว household households",
        "แห่ง ที่ จุด สถานที่ อปท หน่วยงาน place places",
        "หมู่บ้าน หมู่",
        "ชุมชน",
        "ตำบล",
        "อำเภอ",
        "จังหวัด",
        "ครั้ง เที่ยว รอบ time times",
        "ชิ้นงาน pcs pc unit units",
    ),
}
THINGS = (  # counted one by one, each name its own unit
    "หลัง อาคาร ห้อง โรง โรงเรียน โรงงาน วัด ตลาด ร้าน ศูนย์ สนาม สถานี ด่าน สะพาน บ่อ แปลง คัน เครื่อง ตัว อัน ชุด ชิ้น ใบ ลูก ถัง ต้น เล่ม ฉบับ "
    "เรื่อง โครงการ กิจกรรม หลักสูตร ข้อ ระบบ บัญชี รายการ สาย เส้น กลุ่ม องค์กร กองทุน พันธุ์ ชนิด ประเภท กอง แผ่น ลำ คดี ราง ทุน รุ่น งวด หน่วย ป้าย ขวด กล่อง"
)
TIMES = (
    (10, "สิบ x10"),
    (100, "ร้อย hundred x100"),
    (1000, "พัน thousand k x1000 1000 000"),
    (10_000, "หมื่น"),
    (100_000, "แสน"),
    (1_000_000, "ล้าน million mil mb ลบ x1000000 1000000 000000"),
    (2, "คู่"),
    (12, "โหล"),
)
# Whom or what is counted at different sizes: another of these is another count, while things go by many classifiers.
LEVELS = frozenset({"คน", "ครัวเรือน", "หมู่บ้าน", "ชุมชน", "ตำบล", "อำเภอ", "จังหวัด", "ครั้ง"})
