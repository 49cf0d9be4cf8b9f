import Foundation

/// Where things lie that can be made again.
enum CacheFolder {
    /// The folder that `POMONA_CACHE` names, else `pomona` in the user's folder for caches
    /// (https://specifications.freedesktop.org/basedir-spec/latest).
    static func path(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let named = value("POMONA_CACHE") { return named }
        // The specification has relative paths ignored.
        let caches = value("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (caches ?? (value("HOME") ?? NSHomeDirectory()) + "/.cache") + "/pomona"
    }

    /// Networks made ready for prediction.
    static var models: String { path() + "/models" }
}
