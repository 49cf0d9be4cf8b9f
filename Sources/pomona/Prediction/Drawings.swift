import Foundation
import PomonaCore
import PomonaImaging

/// Copies of photos with boxes drawn into them.
struct Drawings: Sendable {
    private let photos: [String]
    private let labels: [String]
    /// Where each photo's copy goes.
    private let paths: [String]

    /// - Parameter folder: Where the copies go; photos of several folders may share a name.
    /// - Throws: `CommandError.drawsOverPhoto` where a copy would take the place of one of the photos.
    init(folder: String, photos: [String], labels: [String]) throws {
        self.photos = photos
        self.labels = labels
        var taken: Set<String> = []
        paths = photos.map { photo in
            let stem = URL(fileURLWithPath: photo).deletingPathExtension().lastPathComponent
            var name = "\(stem).jpg"
            var number = 1
            while !taken.insert(name).inserted {
                number += 1
                name = "\(stem)-\(number).jpg"
            }
            return "\(folder)/\(name)"
        }
        func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        let originals = Set(photos.map(real))
        if let path = paths.first(where: { originals.contains(real($0)) }) { throw CommandError.drawsOverPhoto(path) }
    }

    func draw(_ detections: [Detection], onPhoto index: Int) throws {
        let copy = try ImageDecoder().decode(path: photos[index]).image.drawn(detections, labels: labels)
        try OutputFile.write(copy.encoded(as: .jpeg()), to: paths[index])
    }
}
