public import ArgumentParser
public import PomonaCOCO
import PomonaCore
public import PomonaEngine

extension BoxForm: ExpressibleByArgument {}
extension COCOKind: ExpressibleByArgument {}
extension COCORole: ExpressibleByArgument {}
extension DevicePreference: ExpressibleByArgument {}
extension ModelKind: ExpressibleByArgument {}

/// A label file and its folder of photos, read for the engine.
struct LabelledSet {
    let set: TrainingSet
    let skipped: [SkippedPhoto]

    init(set: TrainingSet, skipped: [SkippedPhoto]) {
        self.set = set
        self.skipped = skipped
    }

    /// - Parameter coco: `nil` where the folders of the photos are their tags.
    /// - Throws: ``COCOError`` with every fault of the labels; ``CommandError`` where more than half the photos are missing.
    init(coco: String?, images: String, form: BoxForm?, kind: ModelKind = .detector) throws {
        guard let coco else {
            self = try TagFolders(images).labelled
            return
        }
        let read = try COCOFile.read(coco).trainingSet(
            imagesFolder: images, kind: kind == .detector ? .detection : .classification, form: form)
        self.init(
            set: read.set, skipped: read.missing.map { SkippedPhoto(file: $0.name, reason: $0.reason) })
        let total = read.set.photos.count + skipped.count
        if skipped.count * 2 > total, let first = skipped.first {
            throw CommandError.mostPhotosUnusable(
                skipped: skipped.count, of: total, first: "\(first.file): \(first.reason)")
        }
        if let form = read.validation.form.form {
            Terminal.note("\(coco): boxes in \(form.rawValue) (\(read.validation.form.reason))")
        }
        if read.validation.clippedBoxCount > 0 {
            Terminal.note(
                "\(coco): \(read.validation.clippedBoxCount) boxes overhang their photo a little and were clipped")
        }
        for photo in skipped.prefix(10) { Terminal.warning("\(photo.file) is left out: \(photo.reason)") }
        if skipped.count > 10 { Terminal.warning("and \(skipped.count - 10) more photos are left out") }
    }
}
