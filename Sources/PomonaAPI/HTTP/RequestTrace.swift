import Foundation
import Synchronization

/// What is known of a request that is being answered, for those who count, log and answer it.
public final class RequestTrace: Sendable {
    /// That of the request that the present task answers.
    @TaskLocal public static var current: RequestTrace?

    /// By which logs and answers name the request.
    public let id: String
    private let taken = Mutex<String?>(nil)

    public init(id: String) {
        self.id = id
    }

    /// Which route it took, without what fills its braces; `nil` for one that none was found for.
    public var route: String? { taken.withLock { $0 } }

    /// Says which route the present request takes; of a request that holds others, the first word is the request's own.
    static func take(_ route: String) {
        current?.taken.withLock { $0 = $0 ?? route }
    }

    /// The id of the present request, or a new one where nobody keeps track.
    static var id: String { current?.id ?? UUID().uuidString.lowercased() }
}
