package criticalwindows.lora;

/// What was found in an adapter's file.
///
/// @param adapter with rows in the order of its home
/// @param open to be closed when its numbers are no longer read
record Found(Adapter adapter, Home home, AutoCloseable open) {
  void close() {
    try {
      open.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("an adapter's file cannot be closed", e);
    }
  }
}
