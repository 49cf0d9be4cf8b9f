public import PomonaCore

/// Renders composed scenes on the CPU by sphere tracing.
public enum SceneRenderer {
    /// Renders a scene.
    ///
    /// The result depends on the scene and the size alone, not on the number of threads.
    ///
    /// - Parameters:
    ///   - size: The photo's extent, at least 1 x 1. The picture's height shows the same at any size; its width shows
    ///     more of the scene, or less, with the aspect ratio.
    ///   - isParallel: Whether to use all cores; `false` where the caller renders one scene per thread.
    public static func render(_ scene: Scene, size: ImageSize, isParallel: Bool = true) -> RenderedPhoto {
        precondition(size.width > 0 && size.height > 0, "a photo of \(size) has no pixels")
        let exposure = Exposure(size: size)
        let bands = RowBands(height: size.height, isParallel: isParallel)
        scene.objects.withUnsafeBufferPointer { objects in
            let tracer = Tracer(objects: objects, scene: scene)
            exposure.trace(tracer, bands: bands)
            exposure.smoothOutlines(tracer, bands: bands)
        }
        return RenderedPhoto(
            image: scene.film.develop(exposure, bands: bands), mask: exposure.mask(), kinds: scene.kinds)
    }
}
