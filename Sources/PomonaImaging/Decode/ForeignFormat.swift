/// Names what a file is that is not a photo Pomona reads, so that the message can say more than "unknown".
enum ForeignFormat {
    private static let signatures: [(offset: Int, text: StaticString, name: String)] = [
        (0, "%PDF", "a PDF document"),
        (0, "%!PS", "a PostScript document"),
        (0, "8BPS", "a Photoshop document"),
        (4, "jP  ", "a JPEG 2000 image"),
        (4, "JXL ", "a JPEG XL image"),
        (8, "CR\u{2}", "a raw camera file (CR2)"),
        (0, "FUJIFILMCCD-RAW", "a raw camera file (RAF)"),
        (0, "IIRO", "a raw camera file (ORF)"),
        (0, "IIU\0", "a raw camera file (RW2)"),
        (0, "FOVb", "a raw camera file (X3F)"),
        (0, "#?RADIANCE", "a Radiance HDR image"),
        (0, "v/1\u{1}", "an OpenEXR image"),
        (0, "DDS ", "a DirectDraw texture"),
        (0, "PK\u{3}\u{4}", "a zip archive"),
        (0, "7z", "a 7-zip archive"),
        (0, "Rar!", "a RAR archive"),
        (0, "\u{7F}ELF", "a program"),
        (0, "SQLite format 3", "an SQLite database"),
        (8, "AVI ", "a video (AVI)"),
        (8, "WAVE", "a sound file (WAV)"),
        (0, "ID3", "a sound file (MP3)"),
        (0, "OggS", "an Ogg sound or video file"),
    ]

    /// Signatures with bytes beyond ASCII.
    private static let binarySignatures: [(bytes: [UInt8], name: String)] = [
        ([0xFF, 0x0A], "a JPEG XL image"),
        ([0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000 image"),
        ([0x00, 0x00, 0x01, 0x00], "an icon file (ICO)"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0x1A, 0x45, 0xDF, 0xA3], "a video (Matroska or WebM)"),
        ([0x00, 0x00, 0x01, 0xBA], "a video (MPEG)"),
    ]

    /// A noun with its article that completes "the file is ...". `bytes` is not empty.
    static func name(of bytes: UnsafeRawBufferPointer) -> String {
        if bytes.holds("ftyp", at: 4), let name = mediaContainer(bytes) { return name }
        if let known = signatures.first(where: { bytes.holds($0.text, at: $0.offset) }) { return known.name }
        if let known = binarySignatures.first(where: { bytes.starts(with: $0.bytes) }) { return known.name }
        let head = bytes.prefix(1024)
        if head.allSatisfy({ $0 == 0 }) { return "a file that begins with nothing but zero bytes" }
        return text(head) ?? "a file of an unknown kind"
    }

    /// ISO base media files (ISO/IEC 14496-12, section 4.3): the box `ftyp` with a major and compatible brands.
    private static func mediaContainer(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard bytes.count >= 16 else { return nil }
        let length = bytes.loadUnaligned(as: UInt32.self).bigEndian
        let brands = stride(from: 8, to: min(Int(length), bytes.count, 256) - 3, by: 4)
            .map { String(decoding: bytes[$0..<$0 + 4], as: UTF8.self) }
        if brands.contains(where: { $0.hasPrefix("avi") }) { return "an AVIF photo" }
        if brands.contains(where: { $0.hasPrefix("he") || $0 == "mif1" || $0 == "msf1" }) { return "a HEIC photo" }
        if brands.contains("crx ") { return "a raw camera file (CR3)" }
        return "a video (MP4 or MOV)"
    }

    private static func text(_ head: Slice<UnsafeRawBufferPointer>) -> String? {
        let isText = head.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
        guard isText else { return nil }
        let start = String(decoding: head, as: UTF8.self).lowercased()
        if start.contains("<svg") { return "an SVG drawing" }
        if start.contains("<html") || start.contains("<!doctype html") { return "a web page (HTML)" }
        if start.contains("<?xml") { return "an XML document" }
        return "a text file"
    }
}
