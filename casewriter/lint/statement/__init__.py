"""Statements about the patient in prose: sentences, the records they name, and the times and amounts they give."""
