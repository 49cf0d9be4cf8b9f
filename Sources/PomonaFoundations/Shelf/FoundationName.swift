/// What foundations may be called: it becomes a file name.
enum FoundationName {
    /// - Throws: ``FoundationError/invalidName(_:)``.
    static func check(_ name: String) throws(FoundationError) {
        let isProper = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isProper, (1...64).contains(name.utf8.count), let first = name.first, first.isLetter || first.isNumber,
            name != "none"
        else { throw .invalidName(name) }
    }
}
