import Crypto
import Foundation

/// Compares a body with the checksum that came with it.
enum BodyChecksum {
    /// - Throws: `Md5Mismatch`; never where there is nothing to compare with.
    static func check(_ bytes: [UInt8], against expected: Data?) throws(StorageError) {
        guard let expected else { return }
        let found = Data(Insecure.MD5.hash(data: bytes))
        guard found == expected else {
            throw StorageError(
                .md5Mismatch,
                "The body has the MD5 \(found.base64EncodedString()), and its header says \(expected.base64EncodedString())."
            )
        }
    }
}
