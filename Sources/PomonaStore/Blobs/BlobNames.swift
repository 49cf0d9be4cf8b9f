extension ContainerAddress {
    /// - Throws: `invalidContainerName` unless the name is one of Azure's: 3 to 63 lower-case letters, digits and single
    ///   hyphens between them, or one of the special `$root`, `$web` and `$logs`.
    func validated() throws(BlobError) -> ContainerAddress {
        if ["$root", "$web", "$logs"].contains(name) { return self }
        let bytes = Array(name.utf8)
        let reason: String? =
            if !(3...63).contains(bytes.count) {
                "it has \(bytes.count) characters, and 3 to 63 are possible"
            } else if !bytes.allSatisfy({ $0.isLowerCaseLetterOrDigit || $0 == UInt8(ascii: "-") }) {
                "only lower-case letters a to z, digits and hyphens are possible"
            } else if bytes.first == UInt8(ascii: "-") || bytes.last == UInt8(ascii: "-") || name.contains("--") {
                "every hyphen must stand between letters or digits"
            } else {
                nil
            }
        if let reason { throw .invalidContainerName(name, reason: reason) }
        return self
    }
}

extension BlobAddress {
    /// - Throws: `invalidBlobName` unless the name has 1 to 1,024 characters, none of them a control character.
    func validated() throws(BlobError) -> BlobAddress {
        let reason: String? =
            if name.isEmpty {
                "it is empty"
            } else if name.utf16.count > 1_024 {
                "it has \(name.utf16.count) characters, and 1,024 are possible"
            } else if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                "it holds a control character"
            } else {
                nil
            }
        if let reason { throw .invalidBlobName(name, reason: reason) }
        return self
    }
}

extension UInt8 {
    var isLowerCaseLetterOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
