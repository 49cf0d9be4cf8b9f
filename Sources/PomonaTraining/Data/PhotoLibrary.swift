import Foundation
import PomonaCore
import PomonaEngine
import PomonaVision
import Synchronization

/// The photos of a training set, decoded once to the size that training needs and kept while memory lasts.
///
/// Safe to use from several threads: photos are immutable once decoded, and the cache is behind a lock.
final class PhotoLibrary: Sendable {
    /// Decodes a file to an image that fits in a square, and says how large the photo is upright.
    typealias Decode = @Sendable (_ path: String, _ fitting: ImageSize) throws -> (image: RGBImage, size: ImageSize)

    let photos: [LabeledPhoto]
    private let decode: Decode
    private let side: Int
    private let byteLimit: Int
    private let cache = Mutex(Cache())

    private struct Cache {
        var images: [Int: RGBImage] = [:]
        var bytes = 0
    }

    /// - Parameters:
    ///   - side: Photos are shrunk to fit a square of this many pixels.
    ///   - byteLimit: Decoded photos beyond this many bytes are decoded anew each time.
    init(photos: [LabeledPhoto], side: Int, byteLimit: Int = 600 << 20, decode: @escaping Decode) {
        self.photos = photos
        self.side = side
        self.byteLimit = byteLimit
        self.decode = decode
    }

    /// Decodes every photo once and sorts out those that cannot be used.
    ///
    /// - Parameter alreadySkipped: Photos of the set that were found unusable before.
    /// - Returns: A library of the usable photos and everything that was left out.
    /// - Throws: ``TrainingError/mostPhotosUnreadable(skipped:of:first:)``, ``TrainingError/noPhotos``.
    func checked(
        alreadySkipped: [SkippedPhoto] = []
    ) throws -> (library: PhotoLibrary, skipped: [SkippedPhoto]) {
        let count = photos.count
        let faults = Mutex([Int: String]())
        DispatchQueue.concurrentPerform(iterations: count) { index in
            do { _ = try image(index) } catch {
                let reason = (error as? any PomonaError)?.message ?? "\(error)"
                faults.withLock { $0[index] = reason }
            }
        }
        let found = faults.withLock { $0 }
        let skipped =
            alreadySkipped
            + found.sorted { $0.key < $1.key }.map { SkippedPhoto(file: photos[$0].name, reason: $1) }
        let total = count + alreadySkipped.count
        guard total > 0 else { throw TrainingError.noPhotos }
        if skipped.count * 2 > total, let first = skipped.first {
            throw TrainingError.mostPhotosUnreadable(
                skipped: skipped.count, of: total, first: "\(first.file): \(first.reason)")
        }
        guard !found.isEmpty else { return (self, skipped) }
        let kept = photos.indices.filter { found[$0] == nil }
        let library = PhotoLibrary(
            photos: kept.map { photos[$0] }, side: side, byteLimit: byteLimit, decode: decode)
        cache.withLock { own in
            for (position, index) in kept.enumerated() {
                guard let image = own.images[index] else { continue }
                library.keep(image, position)
            }
        }
        return (library, skipped)
    }

    /// The decoded photo at a position.
    func image(_ index: Int) throws -> RGBImage {
        if let image = cache.withLock({ $0.images[index] }) { return image }
        let photo = photos[index]
        let (image, size) = try decode(photo.path, ImageSize(width: side, height: side))
        guard size == photo.size else {
            throw PhotoFault.otherSize(labelled: photo.size, found: size)
        }
        keep(image, index)
        return image
    }

    /// The photo with its boxes in the pixels of the decoded image; crowds are left out, which training cannot learn from.
    func example(_ index: Int) throws -> TrainingExample {
        let image = try image(index)
        let photo = photos[index]
        let scaleX = Double(image.width) / Double(photo.size.width)
        let scaleY = Double(image.height) / Double(photo.size.height)
        var example = TrainingExample(image: image, boxes: [], labels: [])
        for annotation in photo.annotations where !annotation.isCrowd {
            guard let box = annotation.box else { continue }
            example.boxes.append(
                Box(
                    xMin: box.xMin * scaleX, yMin: box.yMin * scaleY, xMax: box.xMax * scaleX,
                    yMax: box.yMax * scaleY))
            example.labels.append(annotation.label)
        }
        return example
    }

    private func keep(_ image: RGBImage, _ index: Int) {
        cache.withLock { cache in
            guard cache.images[index] == nil, cache.bytes + image.pixels.count <= byteLimit else { return }
            cache.images[index] = image
            cache.bytes += image.pixels.count
        }
    }
}

/// What is wrong with a photo whose file is sound.
enum PhotoFault: PomonaError {
    case otherSize(labelled: ImageSize, found: ImageSize)

    var code: String { "photoSizeDiffers" }
    var message: String {
        switch self {
        case .otherSize(let labelled, let found):
            "the photo is \(found) pixels, its labels speak of \(labelled)"
        }
    }
    var kind: ErrorKind { .badData }
}
