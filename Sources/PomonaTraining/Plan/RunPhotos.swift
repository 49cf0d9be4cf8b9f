import PomonaCore
import PomonaEngine
import PomonaImaging

/// The photos of a run, checked and divided.
struct RunPhotos {
    /// Usable photos of the training set, taught and held out.
    let training: PhotoLibrary
    let evaluation: PhotoLibrary?
    let split: HeldOutSplit
    let skipped: [SkippedPhoto]

    init(_ request: TrainingRequest, report: (EngineEvent) -> Void) throws {
        // Enlarging by the augmentation must not show the pixels of a photo that was shrunk too far.
        let side = request.imageSize * 3 / 2
        let decode = PhotoLibrary.decodingFiles
        let (training, skippedInTraining) = try PhotoLibrary(
            photos: request.trainingSet.photos, side: side, decode: decode
        ).checked()
        guard training.photos.contains(where: { $0.annotations.contains { $0.box != nil && !$0.isCrowd } }) else {
            throw TrainingError.noBoxes
        }
        let checked = try request.evaluationSet.map {
            try PhotoLibrary(photos: $0.photos, side: request.imageSize * 3 / 2, decode: decode).checked()
        }
        self.training = training
        evaluation = checked?.library
        skipped = skippedInTraining + (checked?.skipped ?? [])
        split = HeldOutSplit(training.photos, recipe: Recipe(), seed: request.seed)
        for photo in skipped { report(.notice("\(photo.file) is left out: \(photo.reason)")) }
    }
}

extension PhotoLibrary {
    /// Reads photo files of any format the project knows.
    static let decodingFiles: Decode = { path, fitting in
        let photo = try ImageDecoder().decode(path: path, fittingWithin: fitting)
        return (photo.image, photo.originalSize)
    }
}
