"""The words for what is found in files of other systems, in English and Indonesian; part of `problem_words.WORDS`."""

from types import MappingProxyType

FILE_WORDS: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        # what a person chose, or the bank gave
        "default_set": (
            "was not said in the file; “{value}” was chosen.",
            "tidak disebut dalam berkas; yang dipilih “{value}”.",
        ),
        "numbered": (
            "The question (in the file: {old}) was given the number {value}.",
            "Soal ini (dalam berkas: {old}) diberi nomor {value}.",
        ),
        "no_number_left": (
            "No number is left under {prefix}. Choose three other letters.",
            "Nomor dengan awalan {prefix} sudah habis. Pilih tiga huruf lain.",
        ),
        # parts of a question
        "element_lost": (
            "The bank has no place for this part; it was left out: {value}",
            "Bank soal tidak punya tempat untuk bagian ini, jadi tidak diambil: {value}",
        ),
        "attribute_lost": (
            "The bank has no place for the setting “{name}” ({value}); it was left out.",
            "Bank soal tidak punya tempat untuk pengaturan “{name}” ({value}), jadi tidak diambil.",
        ),
        "words_lost": (
            "These words stand where none belong and were left out: {value}",
            "Teks ini tidak pada tempatnya dan tidak diambil: {value}",
        ),
        "formatting_dropped": (
            "The words were kept without their formatting ({value}).",
            "Teksnya diambil tanpa format ({value}).",
        ),
        "type_unknown": (
            "This kind of question ({value}) is not known here; the question can't be taken in.",
            "Jenis soal ini ({value}) tidak dikenal di sini, jadi soalnya tidak dapat diambil.",
        ),
        "partial_credit_lost": (
            "Part marks ({value}) were left out: here an answer is right or wrong.",
            "Nilai sebagian ({value}) tidak diambil: di sini jawaban hanya benar atau salah.",
        ),
        "all_or_nothing": (
            "Part marks became all or nothing: here exactly the right answers count.",
            "Nilai sebagian menjadi penuh atau nol: di sini hanya pilihan yang tepat semua yang dihitung.",
        ),
        "gap_as_line": (
            "has a gap in its middle; a line stands there now, and the choices follow.",
            "memiliki isian di tengah; di sana kini ada garis, dan pilihannya menyusul.",
        ),
        "no_braces": (
            "The question has no answers in braces {{ }}. One may be missing or not closed.",
            "Soal ini tidak punya jawaban dalam kurung kurawal {{ }}. Mungkin ada yang hilang atau belum ditutup.",
        ),
        "aiken_line": (
            "This line stands among the choices and is none: {value}. Begin it with a letter, as in “B. ”.",
            "Baris ini berada di antara pilihan tetapi bukan pilihan: {value}. Awali dengan huruf, misalnya “B. ”.",
        ),
        "aiken_unfinished": (
            "The question has no line “ANSWER: …”. The file may be cut off.",
            "Soal ini tidak punya baris “ANSWER: …”. Berkas mungkin terpotong.",
        ),
        "options_renamed": (
            "The options were named a, b, c in their order (in the file: {value}).",
            "Pilihan diberi nama a, b, c menurut urutannya (dalam berkas: {value}).",
        ),
        "region_unknown": (
            "This region can't be read here: {value}. Use a rectangle, a circle or corners, in pixels.",
            "Daerah ini tidak dapat dibaca di sini: {value}. Pakai persegi, lingkaran, atau titik sudut, dalam piksel.",
        ),
        "part_missing": (
            "The package names {name}, which is not in it.",
            "Paket menyebut {name}, yang tidak ada di dalamnya.",
        ),
        # what a format can't hold
        "type_no_place": (
            "The format knows no such question ({value}); the item is not in the file.",
            "Format ini tidak mengenal jenis soal itu ({value}); soalnya tidak ada dalam berkas.",
        ),
        "no_place": ("has no place in this format.", "tidak punya tempat dalam format ini."),
        "name_only": (
            "goes out by its name alone ({value}): the format holds no files.",
            "dikirim namanya saja ({value}): format ini tidak memuat berkas.",
        ),
        "one_line": (
            "stands on one line: the format knows no others.",
            "menjadi satu baris: format ini hanya mengenal satu.",
        ),
        "aiken_ambiguous": (
            "The question begins like a choice or an answer, so the format would misread it; it is not in the file.",
            "Soal ini diawali seperti pilihan atau jawaban sehingga format akan salah membacanya; soalnya tidak ada "
            "dalam berkas.",
        ),
        # media
        "media_by_name": (
            "is not in the file; the one that the bank has under {value} is meant.",
            "tidak ada dalam berkas; yang dipakai milik bank dengan nama {value}.",
        ),
        "media_missing": (
            "is no longer in the bank ({value}); only its name goes out.",
            "sudah tidak ada di bank ({value}); yang dikirim hanya namanya.",
        ),
        "media_refused": (
            "This file ({kind}) can't be shown here and was left out. Use one of: {allowed}.",
            "Berkas ini ({kind}) tidak dapat ditampilkan di sini dan tidak diambil. Gunakan: {allowed}.",
        ),
        "media_not_taken": (
            "The file can't be used: {why}.",
            "Berkas ini tidak dapat dipakai: {sebab}.",
        ),
        "media_anew": (
            "The file was made anew, as every upload is; it looks and sounds the same.",
            "Berkas dibuat ulang seperti setiap unggahan; isinya tetap sama.",
        ),
        "drawn_anew": (
            "The file shows another drawing than ours; ours is used ({value}).",
            "Gambar dalam berkas berbeda dari gambar kami; yang dipakai gambar kami ({value}).",
        ),
        # the file
        "not_utf8_file": (
            "The text is not UTF-8 (line {line}, found: {found}). Save the file as UTF-8.",
            "Teks bukan UTF-8 (baris {line}, yang ditemukan: {found}). Simpan berkas sebagai UTF-8.",
        ),
        "broken_xml": (
            "{file} is no whole XML (line {line}, place {place}). It may be cut off; export it again.",
            "{file} bukan XML yang utuh (baris {line}, posisi {place}). Mungkin terpotong; ekspor ulang.",
        ),
        "xml_entities": (
            "{file} declares a document type or entities, which are not read for safety. Remove that part.",
            "{file} memuat jenis dokumen atau entitas, yang tidak dibaca demi keamanan. Hapus bagian itu.",
        ),
        "kind_unknown": (
            "What kind of file this is can't be told. Choose the format, or another file.",
            "Jenis berkas ini tidak dapat dikenali. Pilih formatnya, atau pilih berkas lain.",
        ),
        "no_manifest": (
            "The archive has no imsmanifest.xml, so it is no QTI package. Zip what lies in the folder, not the folder.",
            "Arsip ini tidak berisi imsmanifest.xml, jadi bukan paket QTI. Kemas isi foldernya, bukan foldernya.",
        ),
        "archive_broken": (
            "The archive is damaged or cut off ({name}). Download or export it again.",
            "Arsip rusak atau terpotong ({name}). Unduh atau ekspor ulang.",
        ),
        "archive_too_large": (
            "The archive unpacks to more than is safe (limit {limit} MB and {count} files). Split it.",
            "Isi arsip melebihi batas aman ({limit} MB dan {count} berkas). Mohon dibagi.",
        ),
        "archive_unsafe_name": (
            "The archive holds a file with an unsafe name ({name}). Nothing of it was unpacked.",
            "Arsip memuat berkas dengan nama yang tidak aman ({name}). Tidak ada isinya yang dibuka.",
        ),
        "archive_twice": (
            "The archive holds {name} twice. Which one is meant can't be told.",
            "Arsip memuat {name} dua kali. Mana yang dimaksud tidak dapat dipastikan.",
        ),
        "archive_locked": (
            "The archive has a password. Save it without one.",
            "Arsip ini berkata sandi. Simpan tanpa kata sandi.",
        ),
        "xml_too_deep": (
            "{file} is nested deeper than {depth} levels or has more than {count} elements. Split it.",
            "{file} bersarang lebih dari {depth} tingkat atau berisi lebih dari {count} elemen. Mohon dibagi.",
        ),
    }
)
