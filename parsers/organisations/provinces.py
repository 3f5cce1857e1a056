"""The provinces of Thailand, and which of them a text names. A province that is none of these is a slip, not another place."""

from parsers.thai.text import comparison_key

_WORDS = (
    "กระบี่ กรุงเทพมหานคร กาญจนบุรี กาฬสินธุ์ กำแพงเพชร ขอนแก่น จันทบุรี ฉะเชิงเทรา ชลบุรี ชัยนาท ชัยภูมิ ชุมพร เชียงราย เชียงใหม่ "
    "ตรัง ตราด ตาก นครนายก นครปฐม นครพนม นครราชสีมา นครศรีธรรมราช นครสวรรค์ นนทบุรี นราธิวาส น่าน บึงกาฬ บุรีรัมย์ ปทุมธานี "
    "ประจวบคีรีขันธ์ ปราจีนบุรี ปัตตานี พระนครศรีอยุธยา พะเยา พังงา พัทลุง พิจิตร พิษณุโลก เพชรบุรี เพชรบูรณ์ แพร่ ภูเก็ต มหาสารคาม "
    "มุกดาหาร แม่ฮ่องสอน ยโสธร ยะลา ร้อยเอ็ด ระนอง ระยอง ราชบุรี ลพบุรี ลำปาง ลำพูน เลย ศรีสะเกษ สกลนคร สงขลา สตูล สมุทรปราการ "
    "สมุทรสงคราม สมุทรสาคร สระแก้ว สระบุรี สิงห์บุรี สุโขทัย สุพรรณบุรี สุราษฎร์ธานี สุรินทร์ หนองคาย หนองบัวลำภู อ่างทอง อำนาจเจริญ "
    "อุดรธานี อุตรดิตถ์ อุทัยธานี อุบลราชธานี"
)
NAMES = tuple(_WORDS.split())
_BY_KEY = {comparison_key(name): name for name in NAMES} | {comparison_key("กรุงเทพฯ"): "กรุงเทพมหานคร"}
_PREFIXES = ("จังหวัด", "จ.", "จว.")


def is_stated(text: str) -> bool:
    """Whether a text begins as the name of a province does: จังหวัดแพร่, จ.แพร่."""
    return text.strip().startswith(_PREFIXES)


def province_of(text: str) -> str | None:
    """The province that a text names by itself, with or without จังหวัด; None when it names none."""
    said = text.strip()
    for prefix in _PREFIXES:
        said = said.removeprefix(prefix)
    return _BY_KEY.get(comparison_key(said))
