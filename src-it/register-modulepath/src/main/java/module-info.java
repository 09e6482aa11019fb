/** An application that says what it needs. */
module org.mpotr.it {
  requires org.mpotr.it.defaults;
  requires org.mpotr.provider;
}
