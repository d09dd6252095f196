"""The words for every problem code, in English and Indonesian."""

from types import MappingProxyType

from question_bank.problem import Problem
from question_bank.problem_words_files import FILE_WORDS

# Codes are stable: the web and the command line translate by them. A sentence may name the problem's own params.
WORDS: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        **FILE_WORDS,
        # the item
        "missing": ("is empty. Fill it in.", "masih kosong. Mohon diisi."),
        "bad_item_id": (
            "“{value}” is no item number. Write three capitals, a hyphen and four digits, as in RAM-0148.",
            "“{value}” bukan nomor soal. Tulis tiga huruf besar, tanda hubung, dan empat angka, misalnya RAM-0148.",
        ),
        "out_of_range": (
            "is {value}. It must lie between {low} and {high}.",
            "berisi {value}. Nilainya harus antara {low} dan {high}.",
        ),
        "part_topic_mismatch": (
            "does not fit the topic “{topic}”. That topic belongs to the part “{part}”.",
            "tidak sesuai dengan topik “{topic}”. Topik itu termasuk bagian “{part}”.",
        ),
        "too_few_options": (
            "has {count} options. Write at least {low}.",
            "hanya berisi {count} pilihan. Tulis paling sedikit {low}.",
        ),
        "too_many_options": (
            "has {count} options. At most {high} are allowed.",
            "berisi {count} pilihan. Paling banyak {high}.",
        ),
        "bad_option_id": (
            "“{value}” is no option name. Use a small letter, as in b.",
            "“{value}” bukan nama pilihan. Gunakan huruf kecil, misalnya b.",
        ),
        "duplicate_option_id": (
            "The option “{value}” stands here twice. Rename one.",
            "Pilihan “{value}” tertulis dua kali. Ganti salah satu namanya.",
        ),
        "duplicate_option_text": (
            "says the same as option {other}. Applicants could not tell them apart.",
            "sama dengan pilihan {other}. Peserta tidak dapat membedakannya.",
        ),
        "key_not_an_option": (
            "names “{value}”, which is not among the options.",
            "menunjuk “{value}”, yang tidak ada di antara pilihan.",
        ),
        "too_many_keys": (
            "names {count} right answers. At most {high} is allowed for this type.",
            "menunjuk {count} jawaban benar. Jenis soal ini paling banyak {high}.",
        ),
        "enemy_of_itself": ("names the item itself. Remove it.", "menunjuk soal ini sendiri. Mohon dihapus."),
        "unknown_item": (
            "names {value}, which does not exist.",
            "menunjuk {value}, yang tidak ada.",
        ),
        "unknown_language": (
            "has words in “{value}”. Only id and en are known.",
            "berisi teks dalam bahasa “{value}”. Yang dikenal hanya id dan en.",
        ),
        "too_long": (
            "has {length} characters. At most {limit} are allowed.",
            "berisi {length} karakter. Paling banyak {limit}.",
        ),
        "control_character": (
            "has an invisible character ({character}) at place {place}. Delete it or type the text again.",
            "berisi karakter tak terlihat ({character}) di posisi {place}. Hapus atau ketik ulang teksnya.",
        ),
        "bad_picture": (
            "“{value}” is no picture. Write sign:group/name, scene:name, or media: with the name of an uploaded file.",
            "“{value}” bukan rujukan gambar. Tulis sign:kelompok/nama, scene:nama, atau media: dengan nama berkas "
            "yang sudah diunggah.",
        ),
        "bad_audio": (
            "“{value}” is no recording. Upload an MP3, OGG, M4A or WAV file and choose it here.",
            "“{value}” bukan rekaman suara. Unggah berkas MP3, OGG, M4A, atau WAV, lalu pilih di sini.",
        ),
        "bad_clip": (
            "“{value}” is no video or animation. Upload an MP4 or WebM file, or name a scene as in scene:name.",
            "“{value}” bukan video atau animasi. Unggah berkas MP4 atau WebM, atau sebut adegan seperti scene:nama.",
        ),
        "order_instead": (
            "is not used by an ordering item. Give the right order instead.",
            "tidak dipakai pada soal mengurutkan. Isi urutan yang benar.",
        ),
        "no_order_here": (
            "is used by ordering items only. Remove it or change the type.",
            "hanya dipakai pada soal mengurutkan. Hapus, atau ganti jenis soalnya.",
        ),
        "order_incomplete": (
            "must name every option once.",
            "harus menyebut setiap pilihan tepat satu kali.",
        ),
        "no_region_here": (
            "is used by hotspot items only. Remove it or change the type.",
            "hanya dipakai pada soal menunjuk gambar. Hapus, atau ganti jenis soalnya.",
        ),
        "bad_region": (
            "is no region of the picture. Draw it again: a rectangle, a circle or 3 to 24 corners, all in the picture.",
            "bukan daerah pada gambar. Gambar ulang: persegi, lingkaran, atau 3 sampai 24 sudut, di dalam gambar.",
        ),
        "region_too_small": (
            "is too small for a finger. Make it at least {low} thousandths of the picture wide and high.",
            "terlalu kecil untuk jari. Buat paling sedikit {low} perseribu lebar dan tinggi gambar.",
        ),
        # its data
        "not_allowed": (
            "“{value}” is not known here. Use one of: {allowed}.",
            "“{value}” tidak dikenal di sini. Pilih salah satu: {allowed}.",
        ),
        "not_text": ("must be text.", "harus berupa teks."),
        "not_a_number": ("“{value}” is not a whole number.", "“{value}” bukan bilangan bulat."),
        "not_a_decimal": ("“{value}” is not a number.", "“{value}” bukan bilangan."),
        "not_a_list": ("must be a list.", "harus berupa daftar."),
        "not_a_text_by_language": (
            "must give its words by language (id, en).",
            "harus memuat teks per bahasa (id, en).",
        ),
        "unknown_field": ("is not a field of an item. Remove it.", "bukan bagian dari soal. Mohon dihapus."),
        "duplicate_id": (
            "stands here more than once (also in {other}). Give each item its own number.",
            "tertulis lebih dari sekali (juga di {other}). Beri setiap soal nomor sendiri.",
        ),
        # the cells of a table
        "formula_cell": (
            "holds a formula. Paste its result as text.",
            "berisi rumus. Tempel hasilnya sebagai teks.",
        ),
        "error_cell": (
            "holds a spreadsheet error. Type the text again.",
            "berisi galat lembar kerja. Ketik ulang teksnya.",
        ),
        "date_cell": (
            "was turned into a date by the spreadsheet. Format the cell as text and type it again.",
            "diubah menjadi tanggal oleh lembar kerja. Jadikan format sel teks, lalu ketik ulang.",
        ),
        "too_many_cells": (
            "The row has {count} cells for {columns} columns. A separator may stand inside an unquoted text.",
            "Baris ini berisi {count} sel untuk {columns} kolom. Mungkin ada pemisah di dalam teks tanpa tanda kutip.",
        ),
        "option_ids_differ": (
            "names {ids} options, but {count} are filled in.",
            "menyebut {ids} pilihan, padahal yang terisi {count}.",
        ),
        "normalised": (
            "was taken in with its letters in standard form; it looks the same.",
            "diterima dengan huruf dalam bentuk baku; tampilannya tetap sama.",
        ),
        # the file
        "too_large": (
            "The file is larger than {limit} MB. Split it.",
            "Berkas lebih besar dari {limit} MB. Mohon dibagi.",
        ),
        "too_many_rows": (
            "The table has more than {limit} rows. Split it.",
            "Tabel berisi lebih dari {limit} baris. Mohon dibagi.",
        ),
        "empty_table": ("The file holds no rows.", "Berkas tidak berisi baris."),
        "wrong_kind": (
            "This is no {expected} file (found: {found}). Choose the right file or the right format.",
            "Ini bukan berkas {expected} (yang ditemukan: {found}). Pilih berkas atau format yang benar.",
        ),
        "not_utf8": (
            "The text is not UTF-8 (line {line}, found: {found}). Save the file as “CSV UTF-8”.",
            "Teks bukan UTF-8 (baris {line}, yang ditemukan: {found}). Simpan berkas sebagai “CSV UTF-8”.",
        ),
        "broken_csv": (
            "The table can't be read at row {row} ({detail}). A quotation mark may be left open.",
            "Tabel tidak terbaca di baris {row} ({detail}). Mungkin ada tanda kutip yang belum ditutup.",
        ),
        "broken_xlsx": (
            "The workbook is damaged ({detail}). Save it again in Excel and retry.",
            "Buku kerja rusak ({detail}). Simpan ulang di Excel, lalu coba lagi.",
        ),
        "unpacks_too_large": (
            "The workbook unpacks to more than is safe (limit {limit} MB). Keep only the table in it.",
            "Isi buku kerja melebihi batas aman ({limit} MB). Sisakan tabelnya saja.",
        ),
        "several_sheets": (
            "The workbook has {count} sheets and none is called “{sheet}”. Name the right one so.",
            "Buku kerja berisi {count} lembar dan tidak ada yang bernama “{sheet}”. Beri nama itu "
            "pada lembar yang benar.",
        ),
        "missing_column": ("The column “{column}” is missing.", "Kolom “{column}” tidak ada."),
        "unknown_column": (
            "The column “{column}” is not known. Rename or remove it.",
            "Kolom “{column}” tidak dikenal. Ganti namanya atau hapus.",
        ),
        "column_twice": ("The column “{column}” stands here twice.", "Kolom “{column}” tertulis dua kali."),
        # blueprints
        "sum_differs": (
            "adds up to {sum}, but {wanted} are wanted.",
            "berjumlah {sum}, padahal yang diminta {wanted}.",
        ),
        "min_above_max": (
            "has a least number ({low}) that is below 0 or above the greatest ({high}).",
            "memiliki batas bawah ({low}) yang kurang dari 0 atau melebihi batas atas ({high}).",
        ),
        "share_out_of_range": (
            "is {value}; it must be between {low}% and {high}%.",
            "bernilai {value}; harus antara {low}% dan {high}%.",
        ),
        "no_mix_fits": (
            "No mix of easy, medium and hard items meets these bounds and the target facility.",
            "Tidak ada gabungan soal mudah, sedang, dan sulit yang memenuhi batas ini dan target kesulitan.",
        ),
    }
)


def explain(problem: Problem, language: str) -> str:
    """A sentence about `problem` in `language` (`id`, otherwise English), beginning with the field it is about.

    Sentences that begin with a capital speak for themselves and stand without the field.
    Raises `KeyError` for a code that has no words.
    """
    english, indonesian = WORDS[problem.code]
    words = (indonesian if language == "id" else english).format_map(dict(problem.params))
    return words if words[0].isupper() else f"{problem.field}: {words}"
