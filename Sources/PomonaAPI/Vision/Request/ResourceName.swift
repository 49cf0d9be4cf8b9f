/// The rule of this API for the names of datasets, models, evaluations and runs.
enum ResourceName {
    static let longest = 255

    /// - Parameter kind: what gets the name, such as "dataset".
    /// - Throws: `InvalidRequest`.
    static func check(_ name: String, of kind: String) throws(VisionError) {
        let isWord = name.utf8.allSatisfy { byte in
            byte.isLetterOrDigit || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
        }
        guard (1...longest).contains(name.utf8.count), isWord, name.utf8.first?.isLetterOrDigit == true else {
            throw .invalidRequest(
                "\"\(name.prefix(100))\" cannot be the name of a \(kind): 1 to \(longest) letters, digits, dots, "
                    + "underscores and hyphens are possible, and a letter or digit comes first.", inner: .badArgument,
                target: "name")
        }
    }
}
