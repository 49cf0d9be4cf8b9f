public import PomonaCore

/// What is wrong with a foundation or with getting one.
public enum FoundationError: PomonaError, Equatable {
    case unknown(name: String, known: [String])
    case invalidName(String)
    case exists(name: String)
    case reserved(name: String)
    case notOfTheFamily(path: String, reason: String)
    case badAddress(String)
    case status(address: String, status: Int)
    case tooManyRedirects(address: String)
    /// A redirect that would leave encryption behind.
    case insecureRedirect(from: String, to: String)
    case tooLarge(address: String, bytes: Int, limit: Int)
    /// The transfer broke off more often than it is worth trying.
    case brokeOff(address: String, received: Int, expected: Int?)
    case lengthDiffers(address: String, expected: Int, received: Int)
    case hashDiffers(name: String, expected: String, found: String)
    case unreachable(address: String, reason: String)
    case notWritten(path: String, reason: String)

    public var code: String {
        switch self {
        case .unknown: "foundationNotFound"
        case .invalidName, .exists, .reserved, .badAddress: "invalidOption"
        case .notOfTheFamily: "notAFoundation"
        case .status, .tooManyRedirects, .insecureRedirect, .unreachable, .brokeOff: "downloadFailed"
        case .tooLarge, .lengthDiffers, .hashDiffers: "downloadCorrupt"
        case .notWritten: "notWritten"
        }
    }

    public var message: String {
        switch self {
        case .unknown(let name, let known):
            "There is no foundation named \(name), and no file of that name. Known are \(known.joined(separator: ", "))."
        case .invalidName(let name):
            "\"\(name.prefix(80))\" is no name for a foundation: 1 to 64 letters, digits, dots, hyphens and underscores, "
                + "beginning with a letter or digit."
        case .exists(let name): "There is already a foundation named \(name)."
        case .reserved(let name): "The name \(name) belongs to a foundation that is shipped or published."
        case .notOfTheFamily(let path, let reason): "\(path) holds no weights of the YOLOX family: \(reason)."
        case .badAddress(let address): "\(address.prefix(200)) is no http or https address."
        case .status(let address, let status): "\(address) answered with status \(status) where 200 was expected."
        case .tooManyRedirects(let address): "\(address) leads on to other addresses more than five times."
        case .insecureRedirect(let from, let to): "\(from) is encrypted but leads on to \(to), which is not."
        case .tooLarge(let address, let bytes, let limit):
            "\(address) has \(bytes) bytes; foundations of up to \(limit) bytes are taken."
        case .brokeOff(let address, let received, let expected):
            "The download of \(address) broke off after \(received) of \(expected.map(String.init) ?? "unknown") bytes."
        case .lengthDiffers(let address, let expected, let received):
            "\(address) announced \(expected) bytes and sent \(received)."
        case .hashDiffers(let name, let expected, let found):
            "The file for \(name) is not the expected one: SHA-256 should be \(expected), found \(found)."
        case .unreachable(let address, let reason): "\(address) cannot be reached: \(reason)."
        case .notWritten(let path, let reason): "\(path) cannot be written: \(reason)."
        }
    }

    public var hint: String? {
        switch self {
        case .unknown: "pomona foundation list shows all; give a path of a safetensors file, or none."
        case .exists: "Remove its file first, or choose another --name."
        case .brokeOff: "Run the same command again: it goes on where it stopped."
        case .unreachable:
            "Where there is no network, bring the file by other means: pomona foundation add FILE --name NAME."
        case .hashDiffers: "If the publisher replaced the file on purpose, remove the old record and pull again."
        default: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .unknown: .missing
        case .invalidName, .exists, .reserved, .badAddress: .usage
        case .notOfTheFamily, .tooLarge, .lengthDiffers, .hashDiffers: .badData
        case .status, .tooManyRedirects, .insecureRedirect, .unreachable, .brokeOff, .notWritten: .resource
        }
    }
}
